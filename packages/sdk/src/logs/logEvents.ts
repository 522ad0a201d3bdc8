import type { LogLine } from '@ml-platform/kube';

/** A line of several logs that are merged. */
export interface SourcedLine extends LogLine {
  /** `<pod>/<container>` */
  readonly source?: string;
}

/** What comes out of one of several logs that are merged. */
export type PlainLogEvent =
  | { readonly type: 'lines'; readonly lines: readonly SourcedLine[] }
  | { readonly type: 'waiting'; readonly message: string }
  /** Lines may be missing here. */
  | { readonly type: 'gap'; readonly reason: string };
