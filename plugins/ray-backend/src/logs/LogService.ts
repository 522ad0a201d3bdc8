import type { JobSummary } from '@ml-platform/rayjob';
import { decodeLogCursor } from '@ml-platform/sdk';
import type { LogHub } from './LogHub';
import type { LogOpeners } from './LogOpeners';
import {
  logEnd,
  type LogEnd,
  type LogEvent,
  type LogOpener,
  type LogStart,
} from './logTypes';
import { OpenLog } from './OpenLog';

export interface LogRequest {
  readonly job: JobSummary;
  /** Id of one of the job's log sources. */
  readonly source: string;
  readonly follow: boolean;
  readonly previous: boolean;
  /** Begins after this place; as the text that came with the lines. */
  readonly cursor?: string;
  /** Begins at most this many lines before the end. */
  readonly tailLines?: number;
  readonly signal: AbortSignal;
}

export interface LogServiceOptions {
  readonly hub: LogHub;
  readonly openers: LogOpeners;
}

const ANOTHER_RUN =
  'The job was created again under the same name; this is its log from the first line';

/** Opens the logs of jobs, and shares upstreams. */
export class LogService {
  readonly #options: LogServiceOptions;

  constructor(options: LogServiceOptions) {
    this.#options = options;
  }

  /**
   * Opens a log.
   *
   * @throws {InputError} for a source or cursor that is malformed
   * @throws {NotFoundError} when the job has no such pod, container or attempt
   * @throws {LogLostError} when the log was there, and can't be read any more
   */
  async open(request: LogRequest): Promise<OpenLog> {
    const { job } = request;
    const { start, isOther } = startOf(request);
    const { openers } = this.#options;
    const isWhole = isDownload(request);
    const opener = await openers.find({ ...request, isWhole });
    const stream = this.#read(request, opener, start);
    if (isOther) {
      return new OpenLog(stream, {
        value: { type: 'gap', reason: ANOTHER_RUN },
      });
    }
    if (!openers.hasEnded(job) || start.cursor) {
      return new OpenLog(stream);
    }
    const first = await stream.next();
    if (first.done && ['deleted', 'not-found'].includes(first.value.reason)) {
      throw openers.lost(request);
    }
    return new OpenLog(stream, first);
  }

  #read(
    request: LogRequest,
    open: LogOpener,
    start: LogStart,
  ): AsyncGenerator<LogEvent, LogEnd> {
    const { job, source, follow, previous, signal } = request;
    return follow && !previous
      ? this.#options.hub.follow({
          key: [job.cluster, job.namespace, job.name, job.uid, source].join(
            '/',
          ),
          open,
          start,
          signal,
        })
      : readOnce(open, start, signal);
  }
}

/** True where all that exists of a log is asked for. */
function isDownload({ follow, previous, cursor, tailLines }: LogRequest) {
  return (
    !follow && !previous && cursor === undefined && tailLines === undefined
  );
}

/** Where to begin; a place in the log of another run of the name is none. */
function startOf({ job, cursor, tailLines }: LogRequest): {
  readonly start: LogStart;
  readonly isOther: boolean;
} {
  if (cursor === undefined) {
    return { start: { tailLines }, isOther: false };
  }
  const { uid, cursor: place } = decodeLogCursor(cursor);
  const isOther = uid !== job.uid;
  return { start: isOther ? {} : { cursor: place }, isOther };
}

async function* readOnce(
  open: LogOpener,
  start: LogStart,
  signal: AbortSignal,
): AsyncGenerator<LogEvent, LogEnd> {
  return logEnd(yield* open({ follow: false, start, signal }));
}
