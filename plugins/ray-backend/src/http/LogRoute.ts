import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  rayLogReadPermission,
  type LogEndReason,
  type LogLine,
  type LogsQuery,
} from '@ml-platform/backstage-plugin-ray-common';
import { type JobSummary } from '@ml-platform/rayjob';
import { encodeLogCursor } from '@ml-platform/sdk';
import type { Request, Response } from 'express';
import { gapText } from '../logs/gapText';
import type { LogService } from '../logs/LogService';
import type { LogEnd, LogEvent } from '../logs/logTypes';
import type { OpenLog } from '../logs/OpenLog';
import type { Authorizer } from '../permissions/Authorizer';
import { EventStream, StreamResponse, wantsEvents } from './sse';
import type { CallLimit } from './CallLimit';
import { ReaderWatch } from './ReaderWatch';

const RESTARTS =
  '[interrupted] The portal restarts, and the log goes on; ask again to read the rest';

/** What a reader of plain text is told at the end, where a log lacks something. */
const ENDS: Readonly<Record<LogEndReason, string | undefined>> = {
  completed: undefined,
  'not-started': 'The job has not started yet; there is no log so far',
  'not-found': 'There is no log so far',
  deleted: 'The pod is gone, and the rest of its log with it',
  error: "Couldn't read the rest of the log",
};

export interface LogRouteOptions {
  readonly logs: Pick<LogService, 'open'>;
  readonly authorizer: Pick<Authorizer, 'requireForJob'>;
  /** Of the logs that each user has open. */
  readonly limit: CallLimit;
  /** Aborts when the backend stops: logs that are followed break off, and don't end. */
  readonly closing: AbortSignal;
}

/** Where the pieces of a log go: two formats, one way of reading. */
interface LogSink {
  readonly signal: AbortSignal;
  write(event: LogEvent): Promise<void>;
  finish(end: LogEnd): Promise<void>;
  /** Stops without an end: the reader comes back with the last cursor. */
  breakOff(): Promise<void>;
}

function textOf(lines: readonly LogLine[], timestamps: boolean): string {
  const texts = lines.map(({ source, time, text }) => {
    const stamped = timestamps && time ? `${time} ` : '';
    return source || stamped
      ? `${stamped}${source ? `[${source}] ` : ''}${text}`
      : text;
  });
  texts.push('');
  return texts.join('\n');
}

/** Plain lines, for `curl -N` and pipes. */
function textSink(response: Response, timestamps: boolean): LogSink {
  const stream = new StreamResponse(response, {
    contentType: 'text/plain; charset=utf-8',
  });
  return {
    signal: stream.signal,
    async write(event) {
      if (event.type === 'lines') {
        await stream.write(textOf(event.lines, timestamps));
      } else if (event.type === 'gap') {
        await stream.write(`[gap] ${gapText(event)}\n`);
      }
    },
    async finish({ reason, message }) {
      const text = message ?? ENDS[reason];
      if (text !== undefined) {
        await stream.write(`[${reason}] ${text}\n`);
      }
      stream.end();
    },
    async breakOff() {
      await stream.write(`${RESTARTS}\n`);
      stream.end();
    },
  };
}

/** Batches with the cursor as their id, for the page. */
function eventSink(response: Response, { uid }: JobSummary): LogSink {
  const events = new EventStream(response);
  return {
    signal: events.signal,
    write(event) {
      switch (event.type) {
        case 'lines':
          return events.send(
            'lines',
            { lines: event.lines },
            encodeLogCursor(uid, event.cursor),
          );
        case 'gap':
          return events.send('gap', { reason: gapText(event) });
        default:
          return events.send('waiting', { message: event.message });
      }
    },
    async finish(end) {
      await events.send('end', end);
      events.end();
    },
    async breakOff() {
      events.end();
    },
  };
}

/** `GET …/logs`: a log as it is written. */
export class LogRoute {
  readonly #options: LogRouteOptions;

  constructor(options: LogRouteOptions) {
    this.#options = options;
  }

  /**
   * Answers with the log.
   *
   * @throws what is wrong with the request, or the log; then the answer has not
   * begun
   */
  async serve(
    request: Request,
    response: Response,
    job: JobSummary,
    query: LogsQuery,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { logs, limit, closing } = this.#options;
    limit.enter(credentials, response);
    const stop = new AbortController();
    response.on('close', () => stop.abort());
    try {
      const log = await logs.open({
        job,
        source: query.source,
        follow: query.follow ?? false,
        previous: query.previous ?? false,
        tailLines: query.tail,
        cursor: query.cursor ?? request.get('last-event-id'),
        signal: stop.signal,
      });
      const sink = wantsEvents(request)
        ? eventSink(response, job)
        : textSink(response, query.timestamps ?? false);
      await this.#send(log, sink, {
        allowed: () => this.allowed(credentials, job),
        // One that is only read to its present end has time to get there.
        isBroken: () => query.follow === true && closing.aborted,
      });
    } finally {
      stop.abort();
    }
  }

  /** @throws {NotAllowedError} when the caller may not read the job's logs */
  allowed(credentials: BackstageCredentials, job: JobSummary): Promise<void> {
    return this.#options.authorizer.requireForJob(
      credentials,
      rayLogReadPermission,
      job,
    );
  }

  /** Sends a log to its end, as long as the reader may read it. */
  async #send(
    log: OpenLog,
    sink: LogSink,
    reader: {
      readonly allowed: () => Promise<void>;
      readonly isBroken: () => boolean;
    },
  ): Promise<void> {
    const end = (error: unknown) =>
      sink.finish({
        reason: 'error',
        message: error instanceof Error ? error.message : String(error),
      });
    const watch = new ReaderWatch(reader.allowed);
    const { refused } = watch;
    refused.addEventListener('abort', () => end(refused.reason));
    try {
      let next = await log.next();
      while (
        !next.done &&
        !sink.signal.aborted &&
        !refused.aborted &&
        !reader.isBroken()
      ) {
        await sink.write(next.value);
        next = await log.next();
      }
      if (reader.isBroken()) {
        await sink.breakOff();
      } else if (!refused.aborted) {
        await sink.finish(next.done ? next.value : { reason: 'completed' });
      }
    } catch (error) {
      await (reader.isBroken() ? sink.breakOff() : end(error));
    } finally {
      watch.close();
      await log.close();
    }
  }
}
