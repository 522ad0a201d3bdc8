import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type {
  LogEndReason,
  LogLine,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';

/** What a reader wants of a log. */
export interface RayLogRequest {
  readonly job: JobSummary;
  /** `driver`, `driver/<attempt>`, or `pod/<pod>/<container>`. */
  readonly source: string;
  readonly follow: boolean;
  readonly previous: boolean;
  /** As the source itself gave it out; begins after that place. */
  readonly cursor?: string;
  /** Begins at most this many lines before the end. */
  readonly tailLines?: number;
  readonly signal: AbortSignal;
}

/** What comes out of a log, in order. */
export type RayLogEvent =
  | {
      readonly type: 'lines';
      readonly lines: readonly LogLine[];
      /** The place after the last of these lines, in text of the source's own. */
      readonly cursor: string;
    }
  | { readonly type: 'waiting'; readonly message: string }
  /** Lines may be missing here. */
  | { readonly type: 'gap'; readonly reason: string };

/** Another place that a job's logs can be read from, for example a log store. */
export interface RayLogSource {
  /** For messages to people. */
  readonly name: string;
  /** Whether this place has the log. Asked for each reader; must be quick. */
  has(request: Pick<RayLogRequest, 'job' | 'source'>): Promise<boolean>;
  /** Reads a log that this place {@link RayLogSource.has}. */
  open(request: RayLogRequest): AsyncGenerator<RayLogEvent, LogEndReason>;
}

/** Lets modules add log sources; they are asked before the cluster is. */
export interface RayLogSourcesExtensionPoint {
  addLogSource(source: RayLogSource): void;
}

export const rayLogSourcesExtensionPoint =
  createExtensionPoint<RayLogSourcesExtensionPoint>({
    id: 'ray.log-sources',
  });
