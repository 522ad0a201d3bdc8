import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  LogLevel,
  LogLinesAnswer,
  LogLinesEvent,
  LogSearchEvent,
} from '@ml-platform/backstage-plugin-ray-common';
import type { StreamHandlers } from '../streams/followEvents';
import type { CloseStream } from '../streams/StreamState';
import type { RunRef } from './RayApi';

/** How lines are told of. */
interface Folding {
  /** Lines that are equal to the one before them are left out; it has `until` then. */
  readonly fold?: boolean;
}

/** Which log of a run. */
export interface LogQuery {
  /** Id of a `LogSource`. */
  readonly source: string;
  /** The container's run before its last restart. */
  readonly previous?: boolean;
}

/** Which lines to read: those from a number on, or from a time on. */
export interface LogLinesRequest extends LogQuery, Folding {
  readonly from?: number;
  /** ISO 8601 with a zone. */
  readonly time?: string;
  /** Lines at most. */
  readonly count: number;
}

/** What a line has to have to be found; all that is given. */
export interface LineQuery {
  readonly q?: string;
  /** `q` is a regular expression in the syntax of RE2. */
  readonly regex?: boolean;
  readonly matchCase?: boolean;
  readonly level?: LogLevel;
  /** With a level: also lines of a more severe one. */
  readonly orWorse?: boolean;
}

export interface LogSearchRequest extends LogQuery, LineQuery {
  /** Numbers of the first and the last line to look at. */
  readonly from: number;
  readonly to?: number;
  /** Lines that are told of; all that match are counted. */
  readonly limit: number;
  /** Matches that are equal to the one before are counted, but not told of. */
  readonly fold?: boolean;
  /** Number of the match before, which the first one may be equal to. */
  readonly after?: number;
}

/**
 * Logs of runs as numbered files, as `/api/ray` serves them. Each promise rejects with the
 * `@backstage/errors` error that the backend sends.
 */
export interface LogApi {
  /** Follows how long a log is, with the latest of its lines. */
  follow(
    run: RunRef,
    query: LogQuery & Folding,
    handlers: StreamHandlers<LogLinesEvent>,
  ): CloseStream;
  readLines(
    run: RunRef,
    request: LogLinesRequest,
    signal?: AbortSignal,
  ): Promise<LogLinesAnswer>;
  /** Searches a log; resolves when it is through. */
  search(
    run: RunRef,
    request: LogSearchRequest,
    options: SearchOptions,
  ): Promise<void>;
  /** The whole log up to now, as text. */
  download(run: RunRef, query: LogQuery): Promise<Blob>;
}

export interface SearchOptions {
  readonly onEvent: (event: LogSearchEvent) => void;
  readonly signal: AbortSignal;
}

export const logApiRef = createApiRef<LogApi>().with({
  id: 'plugin.ray.logs',
  pluginId: 'ray',
});
