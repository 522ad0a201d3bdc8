import type { KubeClient } from '../http/KubeClient';
import type { ContainerRef } from './containerState';
import type { LogCursor } from './LogCursor';
import type { RefusalPatience } from './RefusalPatience';

/** One line of a log, without its line end. */
export interface LogLine {
  /** RFC 3339 with nanoseconds, where the source has it. */
  readonly time?: string;
  readonly text: string;
}

export interface PodLogOptions extends ContainerRef {
  readonly client: KubeClient;
  readonly signal: AbortSignal;
  /** Goes on until the container has ended; otherwise reads what there is. */
  readonly follow?: boolean;
  /** The log of the container before its last restart. */
  readonly previous?: boolean;
  /** Begins after this place; wins over `tailLines`. */
  readonly cursor?: LogCursor;
  /** Begins at most this many lines before the end. */
  readonly tailLines?: number;
  /** Milliseconds of silence after which the connection is made anew. */
  readonly idleMs?: number;
  /** Milliseconds between looks at a container that has not started. */
  readonly pollMs?: number;
  /** What is known of who is let in; of this log alone where absent. */
  readonly patience?: RefusalPatience;
}

/** What comes out of a container's log, in order. */
export type PodLogEvent =
  | {
      readonly type: 'lines';
      readonly lines: readonly LogLine[];
      /** The place after the last of these lines. */
      readonly cursor: LogCursor;
    }
  | { readonly type: 'waiting'; readonly message: string }
  /** Lines may be missing here. */
  | { readonly type: 'gap'; readonly reason: string };

/** Why it ended: the container did, its pod is gone, or only a part was asked for. */
export type PodLogEnd = 'completed' | 'deleted' | 'not-found' | 'read';
