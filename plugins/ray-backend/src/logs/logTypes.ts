import type {
  LogEndReason,
  LogLine,
} from '@ml-platform/backstage-plugin-ray-common';
import type { LogCursor } from '@ml-platform/sdk';

/** What comes out of a log, in order. */
export type LogEvent =
  | {
      readonly type: 'lines';
      readonly lines: readonly LogLine[];
      /** The place after the last of these lines. */
      readonly cursor: LogCursor;
    }
  | { readonly type: 'waiting'; readonly message: string }
  /** Lines may be missing here; `lines` says how many, where that is known. */
  | { readonly type: 'gap'; readonly reason: string; readonly lines?: number };

/** Where in a log to begin; at its first line where nothing is said. */
export interface LogStart {
  /** After this place. */
  readonly cursor?: LogCursor;
  /** At most this many lines before the end. */
  readonly tailLines?: number;
}

/** Why a log came to its end; `read` when only a part was asked for. */
export type LogOutcome = LogEndReason | 'read';

/** Opens a log at a place. */
export type LogOpener = (options: {
  readonly follow: boolean;
  readonly start: LogStart;
  readonly signal: AbortSignal;
}) => AsyncGenerator<LogEvent, LogOutcome>;

/** The end of a log as its viewers are told. */
export interface LogEnd {
  readonly reason: LogEndReason;
  readonly message?: string;
}

export function logEnd(outcome: LogOutcome): LogEnd {
  return { reason: outcome === 'read' ? 'completed' : outcome };
}
