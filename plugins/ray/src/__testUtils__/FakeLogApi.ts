import type {
  LogLinesAnswer,
  LogLinesEvent,
  NumberedLogLine,
} from '@ml-platform/backstage-plugin-ray-common';
import { act } from '@testing-library/react';
import type {
  LineQuery,
  LogApi,
  LogLinesRequest,
  LogQuery,
  LogSearchRequest,
  SearchOptions,
} from '../api/LogApi';
import type { RunRef } from '../api/RayApi';
import type { StreamHandlers } from '../streams/followEvents';
import { nextFrame } from './nextFrame';
import { searchEvents } from './searchEvents';

interface OpenLog {
  readonly request: LogQuery;
  readonly handlers: StreamHandlers<LogLinesEvent>;
  /** Uid of the run. */
  readonly uid?: string;
}

/** Lines that a follower is told of at once, the latest ones. */
const LATEST = 200;

/** A log at a backend in memory. The test controls what is in it, and when. */
export class FakeLogApi implements LogApi {
  readonly streams: OpenLog[] = [];
  readonly asked: LogLinesRequest[] = [];
  readonly searched: LogSearchRequest[] = [];
  /** What there is of the log, besides its lines. */
  facts: Partial<LogLinesAnswer> = {};
  /** Thrown by what reads lines, or searches, while it is set. */
  failure?: Error;
  /** What it answers first to whoever asks for a time, with no line. */
  timesFound: LogLinesAnswer['timeFound'][] = [];
  #lines: NumberedLogLine[] = [];

  follow(
    { uid }: RunRef,
    request: LogQuery,
    handlers: StreamHandlers<LogLinesEvent>,
  ): () => void {
    const stream = { request, handlers, uid };
    this.streams.push(stream);
    return () => this.streams.splice(this.streams.indexOf(stream), 1);
  }

  async readLines(
    _: RunRef,
    request: LogLinesRequest,
  ): Promise<LogLinesAnswer> {
    this.asked.push(request);
    if (this.failure) {
      throw this.failure;
    }
    const { from = 1, time, count, fold } = request;
    const begin = this.#lines.findIndex(line =>
      time === undefined
        ? line.number >= from
        : line.time !== undefined && line.time >= time,
    );
    const end = begin < 0 ? 0 : begin + count;
    const lines = fold
      ? this.#folded(begin, end)
      : this.#lines.slice(Math.max(0, begin), end);
    const timeFound = time === undefined ? undefined : this.timesFound.shift();
    return timeFound
      ? { ...this.#answer(), timeFound, lines: [] }
      : { ...this.#answer(), lines };
  }

  async search(
    _: RunRef,
    request: LogSearchRequest,
    { onEvent }: SearchOptions,
  ): Promise<void> {
    this.searched.push(request);
    if (this.failure) {
      throw this.failure;
    }
    const matching = this.#lines.filter(matcher(request));
    const last = this.#lines.at(-1)?.number ?? 0;
    const { from, to = last } = request;
    const ends = matching
      .map(({ number }) => number)
      .filter(number => number >= from && number < to);
    searchEvents(matching, request, [...ends, to]).forEach(onEvent);
    const { length } = ends;
    const through = { matches: length, searched: to };
    onEvent({ event: 'end', data: { reason: 'completed', ...through } });
  }

  async download(): Promise<Blob> {
    return new Blob(['whole log']);
  }

  /** Forgets the log: what is written next is another one. */
  clear(): void {
    this.#lines = [];
    this.facts = {};
  }

  /** Has a log that is there already; nobody is told. */
  fill(count: number, text: (number: number) => string): void {
    this.#lines = Array.from({ length: count }, (_, i) => ({
      number: i + 1,
      time: new Date(Date.UTC(2026, 10, 23) + i * 1_000).toISOString(),
      text: text(i + 1),
    }));
  }

  /** Writes lines, and waits until the page has drawn them. */
  async write(...texts: readonly (string | Partial<NumberedLogLine>)[]) {
    let next = (this.#lines.at(-1)?.number ?? 0) + 1;
    for (const text of texts) {
      const line = typeof text === 'string' ? { text } : text;
      this.#lines.push({ number: next, text: '', ...line });
      next = (this.#lines.at(-1)?.number ?? 0) + 1;
    }
    await this.say({}, texts.length);
  }

  /** Says what else there is of the log, and waits until the page has drawn. */
  async say(facts: Partial<LogLinesAnswer>, latest = 0): Promise<void> {
    this.facts = { ...this.facts, ...facts };
    const { length } = this.#lines;
    const begin = Math.max(0, length - Math.min(LATEST, latest));
    const lines = this.#folded(begin, length);
    await this.send({ event: 'log', data: { ...this.#answer(), lines } });
  }

  /** Sends events to all who follow, and waits until the page has drawn. */
  async send(...events: readonly LogLinesEvent[]): Promise<void> {
    await act(async () => {
      for (const { handlers } of [...this.streams]) {
        handlers.onState({ kind: 'live' });
        events.forEach(handlers.onEvent);
      }
      await nextFrame();
    });
  }

  /** Lines between two places as the backend folds them: of equal ones, the first. */
  #folded(begin: number, end: number): NumberedLogLine[] {
    const all = this.#lines;
    const isRepeat = (i: number) =>
      i > 0 && i < all.length && all[i].text === all[i - 1].text;
    const found: NumberedLogLine[] = [];
    let i = begin;
    while (isRepeat(i)) {
      i -= 1;
    }
    while (i >= 0 && i < Math.min(end, all.length)) {
      let last = i;
      while (isRepeat(last + 1)) {
        last += 1;
      }
      const until = last > i ? all[last].number : undefined;
      found.push({ ...all[i], until });
      i = last + 1;
    }
    return found;
  }

  #answer(): LogLinesAnswer {
    return {
      source: 'driver/1',
      lasting: true,
      lines: [],
      first: this.#lines[0]?.number ?? 1,
      last: this.#lines.at(-1)?.number ?? 0,
      state: 'following',
      missing: [],
      ...this.facts,
    };
  }
}

const LEVELS = ['error', 'warning', 'info', 'debug'] as const;

/** Tells lines that are searched for from others. */
function matcher(query: LineQuery) {
  const { q = '', regex, matchCase, level, orWorse } = query;
  const literal = q.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const pattern = new RegExp(regex ? q : literal, matchCase ? '' : 'i');
  const worst = orWorse ? 0 : LEVELS.indexOf(level ?? 'error');
  const levels = LEVELS.slice(worst, LEVELS.indexOf(level ?? 'error') + 1);
  return ({ text }: NumberedLogLine) =>
    pattern.test(text) &&
    (level === undefined ||
      levels.some(name => text.includes(name.toUpperCase())));
}
