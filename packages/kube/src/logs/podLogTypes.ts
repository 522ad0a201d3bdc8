import type { KubeClient } from '../http/KubeClient';
import type { ContainerRef } from './containerState';
import type { RefusalPatience } from './RefusalPatience';

/** One line of a log, without its line end. */
export interface LogLine {
  /** RFC 3339 with nanoseconds, where the source has it. */
  readonly time?: string;
  readonly text: string;
}

/**
 * A place in the log of one container: everything up to and including it has
 * been read. Kubernetes doesn't number lines, so the place is a time and how
 * many lines from exactly that time were read.
 */
export interface PodLogCursor {
  readonly kind: 'container';
  readonly podUid: string;
  readonly container: string;
  /** Number of the container's restarts when it wrote the line. */
  readonly restartCount: number;
  /** RFC 3339 in UTC with nine digits of fraction; empty before the first line. */
  readonly time: string;
  /** Lines from that time that were read, from 1. */
  readonly count: number;
}

export interface PodLogOptions extends ContainerRef {
  readonly client: KubeClient;
  readonly signal: AbortSignal;
  /** Reads until the container has ended; otherwise only what is there. */
  readonly follow?: boolean;
  /** The log of the container before its last restart. */
  readonly previous?: boolean;
  /** Begins after this place; wins over `tailLines`. */
  readonly cursor?: PodLogCursor;
  /** Begins at most this many lines before the end. */
  readonly tailLines?: number;
  /** Milliseconds of silence after which a new connection is made. */
  readonly idleMs?: number;
  /** Milliseconds between looks at a container that has not started. */
  readonly pollMs?: number;
  /** Shared by readers with the same credentials; one of its own where absent. */
  readonly patience?: RefusalPatience;
}

/** What comes out of a container's log, in order. */
export type PodLogEvent =
  | {
      readonly type: 'lines';
      readonly lines: readonly LogLine[];
      /** The place after the last of these lines. */
      readonly cursor: PodLogCursor;
    }
  | { readonly type: 'waiting'; readonly message: string }
  /** Lines may be missing here. */
  | { readonly type: 'gap'; readonly reason: string };

/** Why it ended: the container did, its pod is gone, or only a part was asked for. */
export type PodLogEnd = 'completed' | 'deleted' | 'not-found' | 'read';
