import type { JobLogEnd, JobLogLine } from './jobLog';

/** A line of a log with its number, from 1, from the first line of the log. */
export interface NumberedLogLine extends JobLogLine {
  readonly number: number;
}

/** Lines of a log that are lost. */
export interface MissingLogLines {
  /** Number of the line that comes after them. */
  readonly line: number;
  readonly reason: string;
  /** How many; where absent, later numbers count only what was read. */
  readonly lines?: number;
}

export interface LogLinesOptions {
  readonly signal?: AbortSignal;
  /** Id of one of the job's log sources; the driver's by default. */
  readonly source?: string;
  /** Number of the first line; 1 by default. */
  readonly from?: number;
  /** Begins at the first line of this time or later, instead. ISO 8601 with a zone. */
  readonly time?: string;
  /** Lines at most, up to 10,000; 1,000 by default. Long lines make it fewer. */
  readonly count?: number;
}

/** Lines of a log, and what there is of it. */
export interface LogLines {
  /** Id of the log: `driver/<attempt>` where the driver's was asked for. */
  readonly source: string;
  /**
   * Whether a number means the same line when the log is read again; false for merged
   * logs (`all`), whose pods come and go.
   */
  readonly lasting: boolean;
  readonly lines: readonly NumberedLogLine[];
  /** Number of the first line there is. */
  readonly first: number;
  /** Number of the last line so far; 0 where there is none. */
  readonly last: number;
  /**
   * `reading` while there are more lines than `last` says: ask again.
   * `following` while more may be written.
   */
  readonly state: 'reading' | 'following' | 'ended';
  readonly end?: JobLogEnd['reason'];
  /** What it waits for while there is nothing to read. */
  readonly waiting?: string;
  readonly missing: readonly MissingLogLines[];
}

/** What a line says of how grave it is. */
export type LogLevel = 'error' | 'warning' | 'info' | 'debug';

export interface LogSearchOptions {
  readonly signal: AbortSignal;
  /** Id of one of the job's log sources; the driver's by default. */
  readonly source?: string;
  /**
   * Text, or with `regex` a regular expression in the syntax of RE2. An expression looks at
   * some 2,500 characters of a line, and at fewer the larger it is.
   */
  readonly q?: string;
  readonly regex?: boolean;
  readonly matchCase?: boolean;
  /** Only lines that name this level. */
  readonly level?: LogLevel;
  /** With `level`: also lines that name a more severe one. */
  readonly orWorse?: boolean;
  /** Number of the line to begin at; 1 by default. */
  readonly from?: number;
  /** Number of the last line to look at. */
  readonly to?: number;
  /** Lines that are told of, up to 10,000; 1,000 by default. All that match are counted. */
  readonly limit?: number;
}

/** How far a search is. */
export interface LogSearchProgress {
  /** Lines that match. */
  readonly matches: number;
  /** Number of the last line that was looked at. */
  readonly searched: number;
}

/** What comes out of a search, in order. */
export type LogSearchEvent =
  | { readonly type: 'matches'; readonly lines: readonly NumberedLogLine[] }
  | ({
      readonly type: 'progress';
      /** Number of the last line so far. */
      readonly last: number;
      /**
       * How far it was after each part of the log, since it was told last: tells where
       * the lines are that match, at most 5,000 in a part.
       */
      readonly steps: readonly LogSearchProgress[];
    } & LogSearchProgress);
