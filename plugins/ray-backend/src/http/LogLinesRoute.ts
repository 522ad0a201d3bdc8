import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type {
  LogLinesAnswer,
  LogLinesQuery,
  LogLinesStreamQuery,
  LogSearchQuery,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';
import type { Response } from 'express';
import { followFeed } from '../logs/numbered/followFeed';
import { lineMatcher } from '../logs/numbered/lineMatcher';
import type { HeldLog, NumberedLogs } from '../logs/numbered/NumberedLogs';
import { readFolded } from '../logs/numbered/readFolded';
import { searchFeed } from '../logs/numbered/searchFeed';
import type { SearchStep } from '../logs/numbered/searchLog';
import { timeFound } from '../logs/numbered/timeFound';
import type { CallLimit } from './CallLimit';
import { linesAnswer } from './linesAnswer';
import { ReaderWatch } from './ReaderWatch';
import { EventStream } from './sse';

/** Characters of text after which an answer has no further line. */
const MOST_TEXT = 4 * 1024 * 1024;
/** Milliseconds that an answer waits for lines that are still being read. */
const PATIENCE = 20_000;
/** Milliseconds between two words about how far a search is. */
const PROGRESS = 100;

const RESTARTS = 'The portal restarts; search again';

export interface LogLinesRouteOptions {
  readonly numbered: Pick<NumberedLogs, 'open'>;
  /** Of the logs that each user has open; those that are streamed count too. */
  readonly limit: CallLimit;
  /** Aborts when the backend stops. */
  readonly closing: AbortSignal;
  /** Milliseconds between two looks at whether a reader may still read. */
  readonly recheckMs?: number;
}

/** A reader of a log, who may read it now. */
export interface LogReader {
  readonly job: JobSummary;
  readonly caller: BackstageCredentials;
  /** Rejects when the caller may not read the job's logs any more. */
  readonly allowed: () => Promise<void>;
}

/** How long there is a reason to go on. */
interface Wait {
  /** Aborts when the reader has gone, or the backend stops. */
  readonly signal: AbortSignal;
  /** Aborts also when it has taken long enough for one answer. */
  readonly patience: AbortSignal;
}

/** A time before which no line of that moment is, however many digits it has. */
const timePrefix = (time: string) =>
  new Date(time).toISOString().replace('Z', '');

const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : `${error}`;

/** `GET …/logs/lines`, `…/lines/stream` and `…/search`: a log as a numbered file. */
export class LogLinesRoute {
  readonly #options: LogLinesRouteOptions;

  constructor(options: LogLinesRouteOptions) {
    this.#options = options;
  }

  /** @throws what is wrong with the request, or the log */
  async lines(
    response: Response,
    reader: LogReader,
    query: LogLinesQuery,
  ): Promise<void> {
    const { from = 1, time, count, fold = false } = query;
    const answer = await this.#hold(
      response,
      reader,
      query,
      async (held, { patience }) => {
        const { feed } = held;
        const limits = { count, maxLength: MOST_TEXT };
        const read = (start: number) =>
          fold
            ? readFolded(feed.log, start, limits)
            : feed.log.read(start, limits);
        if (time === undefined) {
          await feed.reach(from + count - 1, from, patience);
          return linesAnswer(held, await read(from));
        }
        const since = timePrefix(time);
        await feed.reachTime(since, patience);
        const start = await feed.log.lineSince(since);
        const lines = start === undefined ? [] : await read(start);
        return {
          ...linesAnswer(held, lines),
          timeFound: timeFound(feed, start),
        };
      },
    );
    if (!response.closed) {
      response.json(answer);
    }
  }

  /** @throws what is wrong with the request, or the log, before it begins to answer */
  async follow(
    response: Response,
    reader: LogReader,
    query: LogLinesStreamQuery,
  ): Promise<void> {
    await this.#hold(response, reader, query, async (held, { signal }) => {
      const events = new EventStream(response);
      const watch = this.#watch(reader);
      try {
        const { fold = false } = query;
        const steps = followFeed(held.feed, {
          fold,
          signal: AbortSignal.any([signal, watch.refused]),
        });
        let said: LogLinesAnswer['missing'] | undefined;
        let step = await steps.next();
        for (; !step.done; step = await steps.next()) {
          watch.refused.throwIfAborted();
          const { missing, ...answer } = linesAnswer(held, step.value);
          const isNew = missing !== said;
          said = missing;
          await events.send('log', isNew ? { ...answer, missing } : answer);
        }
        watch.refused.throwIfAborted();
        if (!signal.aborted) {
          await events.send('end', { reason: step.value });
        }
      } catch (error) {
        await events.send('end', {
          reason: 'error',
          message: messageOf(error),
        });
      } finally {
        watch.close();
      }
      events.end();
    });
  }

  /** @throws what is wrong with the request, or the log, before it begins to answer */
  async search(
    response: Response,
    reader: LogReader,
    query: LogSearchQuery,
  ): Promise<void> {
    const { from = 1, to: end = Infinity, limit, fold, after } = query;
    const { closing } = this.#options;
    const matcher = lineMatcher(query);
    await this.#hold(response, reader, query, async ({ feed }, { signal }) => {
      const events = new EventStream(response);
      let last = { matches: 0, searched: from - 1 };
      let steps: Omit<SearchStep, 'lines'>[] = [];
      const tell = async () => {
        const progress = { ...last, steps, last: feed.log.last };
        steps = [];
        await events.send('progress', progress);
      };
      let saidAt = Date.now();
      const watch = this.#watch(reader);
      try {
        const options = { from, end, limit, fold, after, signal };
        for await (const step of searchFeed(feed, matcher, options)) {
          watch.refused.throwIfAborted();
          const { lines, ...progress } = step;
          const { matches, searched } = progress;
          last = { matches, searched };
          steps.push(progress);
          if (lines.length > 0) {
            await events.send('matches', { lines });
          }
          const now = Date.now();
          if (now - saidAt >= PROGRESS) {
            saidAt = now;
            await tell();
          }
        }
        if (closing.aborted) {
          throw new ServiceUnavailableError(RESTARTS);
        }
        await tell();
        await events.send('end', { reason: 'completed', ...last });
      } catch (error) {
        const message = messageOf(error);
        await events.send('end', { reason: 'error', message, ...last });
      } finally {
        watch.close();
      }
      events.end();
    });
  }

  #watch({ allowed }: LogReader): ReaderWatch {
    return new ReaderWatch(allowed, this.#options.recheckMs);
  }

  /** Holds a log until the work is done, or nobody waits for it any more. */
  async #hold<Result>(
    response: Response,
    { job, caller }: LogReader,
    {
      source,
      previous = false,
    }: Pick<LogLinesStreamQuery, 'source' | 'previous'>,
    work: (log: HeldLog, wait: Wait) => Promise<Result>,
  ): Promise<Result> {
    const { numbered, limit, closing } = this.#options;
    limit.enter(caller, response);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, closing]);
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
    const held = await numbered.open({ job, source, previous }, patience);
    try {
      return await work(held, { signal, patience });
    } finally {
      held.release();
    }
  }
}
