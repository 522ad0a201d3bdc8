/** One line of a job's log, without its line end. */
export interface JobLogLine {
  /** RFC 3339 with nanoseconds, where the source has it. */
  readonly time?: string;
  readonly text: string;
  /** `<pod>/<container>`, when several logs are merged. */
  readonly source?: string;
}

export interface JobLogOptions {
  readonly signal: AbortSignal;
  /** Id of one of the job's log sources; the driver's by default. */
  readonly source?: string;
  /** Waits for what is written, until the job has ended. */
  readonly follow?: boolean;
  /** Of the container before its last restart. */
  readonly previous?: boolean;
  /** Lines from the end. */
  readonly tail?: number;
}

/** What comes out of a job's log, in order. */
export type JobLogEvent =
  | { readonly type: 'lines'; readonly lines: readonly JobLogLine[] }
  /** There is nothing to read yet, and why. */
  | { readonly type: 'waiting'; readonly message: string }
  /** Lines may be missing here, or another run begins. */
  | { readonly type: 'gap'; readonly reason: string };

export interface JobLogEnd {
  readonly reason:
    'completed' | 'not-found' | 'not-started' | 'deleted' | 'error';
  readonly message?: string;
}
