import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  rayLogReadPermission,
  type LogLine,
  type LogsQuery,
} from '@ml-platform/backstage-plugin-ray-common';
import { type JobSummary } from '@ml-platform/rayjob';
import type { RayLogEvent } from '@ml-platform/backstage-plugin-ray-node';
import type { Request, Response } from 'express';
import type { JobLogs } from '../logs/JobLogs';
import type { LogEnd } from '../logs/LogTopic';
import type { Authorizer } from '../permissions/Authorizer';
import { EventStream, StreamResponse, wantsEvents } from './sse';

/** Milliseconds between two looks at whether a reader may still read. */
const RECHECK = 30_000;

export interface JobLogRouteOptions {
  readonly logs: JobLogs;
  readonly authorizer: Authorizer;
}

/** Where the pieces of a log go: two formats, one way of reading. */
interface LogSink {
  readonly signal: AbortSignal;
  write(event: RayLogEvent): Promise<void>;
  finish(end: LogEnd): Promise<void>;
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
        await stream.write(`[gap] ${event.reason}\n`);
      }
    },
    async finish({ reason, message }) {
      if (reason === 'error' || reason === 'not-started') {
        await stream.write(`[${reason}] ${message ?? ''}\n`);
      }
      stream.end();
    },
  };
}

/** Batches with the cursor as their id, for the page. */
function eventSink(response: Response): LogSink {
  const events = new EventStream(response);
  return {
    signal: events.signal,
    write(event) {
      switch (event.type) {
        case 'lines':
          return events.send('lines', { lines: event.lines }, event.cursor);
        case 'gap':
          return events.send('gap', { reason: event.reason });
        default:
          return events.send('waiting', { message: event.message });
      }
    },
    async finish(end) {
      await events.send('end', end);
      events.end();
    },
  };
}

/** `GET …/logs`: a log as it is written. */
export class JobLogRoute {
  constructor(private readonly options: JobLogRouteOptions) {}

  async serve(
    request: Request,
    response: Response,
    job: JobSummary,
    query: LogsQuery,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { logs } = this.options;
    const stop = new AbortController();
    const stream = logs.read({
      job,
      source: query.source,
      follow: query.follow ?? false,
      previous: query.previous ?? false,
      tailLines: query.cursor === undefined ? query.tail : undefined,
      cursor: query.cursor ?? request.get('last-event-id'),
      signal: stop.signal,
    });
    // What is wrong with the request shows before the answer has begun, and so
    // can still be an HTTP error. A log that is silent so far is no error.
    const first = stream.next();
    const early = await Promise.race([
      first,
      new Promise<undefined>(resolve => {
        setTimeout(resolve, 50);
      }),
    ]);
    const sink = wantsEvents(request)
      ? eventSink(response)
      : textSink(response, query.timestamps ?? false);
    sink.signal.addEventListener('abort', () => stop.abort());
    const timer = setInterval(
      () =>
        this.allowed(credentials, job).catch(error => {
          sink.finish({ reason: 'error', message: error.message });
          stop.abort();
        }),
      RECHECK,
    );
    try {
      let next = early ?? (await first);
      while (!next.done && !sink.signal.aborted) {
        await sink.write(next.value);
        next = await stream.next();
      }
      await sink.finish(next.done ? next.value : { reason: 'completed' });
    } catch (error) {
      await sink.finish({
        reason: 'error',
        message: error instanceof Error ? error.message : String(error),
      });
    } finally {
      clearInterval(timer);
      stop.abort();
      await stream.return({ reason: 'completed' });
    }
  }

  /** @throws NotAllowedError */
  allowed(credentials: BackstageCredentials, job: JobSummary): Promise<void> {
    return this.options.authorizer.requireForJob(
      credentials,
      rayLogReadPermission,
      job,
    );
  }
}
