import type { JobRef } from '@ml-platform/rayjob';
import type { KubeClient, LogLine } from '@ml-platform/kube';
import type { DriverCursor } from './logCursor';
import type { ReadLines } from './ReadLines';
import type { Run } from './runName';

/** What a reader of a driver's log remembers, for who continues it. */
export interface KnownLines {
  /** What the driver's log has up to the cursor; kept up to date. */
  read: ReadLines;
}

/** What somebody else has kept of a driver's log, up to a place in it. */
export interface RecalledLines {
  readonly read: ReadLines;
  /** False where the last lines up to the place are not known. */
  readonly reaches: boolean;
}

export interface DriverLogOptions {
  readonly signal: AbortSignal;
  readonly follow?: boolean;
  readonly previous?: boolean;
  /** Begins after this place; wins over `tailLines`. */
  readonly cursor?: DriverCursor;
  /**
   * Goes with the cursor. Without it, what a replaced submitter repeats is found
   * only while the first one is there, or by `recall`.
   */
  readonly known?: KnownLines;
  /**
   * Answers with what the log has up to the cursor, where that is kept elsewhere.
   * Asked only when a submitter that is gone was read before.
   */
  readonly recall?: (
    cursor: DriverCursor,
  ) => Promise<RecalledLines | undefined>;
  readonly tailLines?: number;
  /**
   * Reads only the log of this run, and ends with it: after all submitters that
   * it had, where the first ones failed, or the job was suspended.
   */
  readonly run?: Run;
  /** Milliseconds between looks at what has not started. */
  readonly pollMs?: number;
}

/** Where a job's driver log is read. */
export interface DriverLogSource extends DriverLogOptions {
  readonly client: KubeClient;
  readonly ref: JobRef;
}

/** What comes out of a driver's log, in order. */
export type DriverLogEvent =
  | {
      readonly type: 'lines';
      readonly lines: readonly LogLine[];
      /** The place after the last of these lines. */
      readonly cursor: DriverCursor;
    }
  | { readonly type: 'waiting'; readonly message: string }
  /** Lines may be missing here, or another run begins. */
  | { readonly type: 'gap'; readonly reason: string };
