import type { NumberedLogLine } from '@ml-platform/backstage-plugin-ray-common';
import { PLAIN } from '../terminal/TextStyle';
import type { LogEntry, MarkerEntry } from './LogEntry';
import type { LogFile } from './LogFile';
import { LogPages, type LogPage } from './LogPages';
import type { LineSpan, LogPlaces } from './LogPlaces';
import { LogRuns } from './LogRuns';
import type { FoundLine, LogSearch } from './LogSearch';
import { SpanBuilder } from './SpanBuilder';

/** Lines to load at once. */
const MOST = 500;

const SEARCHING = 'Looking for lines that match…';
const NONE = 'No line matches';
const FAILED = "Couldn't look for lines that match";

/**
 * A window over those lines of a log that a search has found: as long as there are matches, with
 * the true numbers of the lines. The place and the index of a line are its position among the
 * matches. They stay as the log grows.
 */
export class MatchedLines implements LogPlaces {
  /** Nothing is folded among lines that weren't written one after the other. */
  readonly runs = new LogRuns();
  readonly #file: LogFile;
  readonly #search: LogSearch;
  readonly #pages = new LogPages({ isBroken: () => true });
  #first = 1;

  constructor(file: LogFile, search: LogSearch) {
    this.#file = file;
    this.#search = search;
  }

  get first(): number {
    return Math.min(this.#first, this.#search.count + 1);
  }

  get next(): number {
    return this.#end + (this.#note ? 1 : 0);
  }

  get pages(): Iterable<LogPage> {
    return this.#pages.all;
  }

  get isCrowded(): boolean {
    return this.#pages.isCrowded;
  }

  at(seq: number): LogEntry | undefined {
    if (seq < this.first || seq >= this.next) {
      return undefined;
    }
    if (seq === this.#end) {
      return this.#note;
    }
    const line = this.#pages.line(seq);
    const found = line ? undefined : this.#latest(seq);
    return (
      line ??
      (found
        ? { kind: 'line', ...found.line, start: PLAIN }
        : { kind: 'absent' })
    );
  }

  indexAt(seq: number): number {
    return seq;
  }

  lineAt(seq: number): number {
    if (seq >= this.#end) {
      return this.#search.searched + 1;
    }
    return (
      this.#pages.line(seq)?.number ??
      this.#latest(seq)?.line.number ??
      this.#search.leastNumber(seq)
    );
  }

  foldOf(): undefined {
    return undefined;
  }

  need(from: number, to: number): LineSpan | undefined {
    const begin = Math.max(this.first, from);
    const end = Math.min(this.#end, to);
    this.#pages.need(begin, end - 1);
    const span = new SpanBuilder(MOST);
    for (let position = begin; position < end; position += 1) {
      span.take(position, false, this.#pages.line(position));
    }
    return span.span;
  }

  /** Loads lines. @returns none where the log has lost them */
  async read(
    span: LineSpan,
    signal: AbortSignal,
  ): Promise<readonly NumberedLogLine[]> {
    const found = await this.#search.read(span, signal);
    const [{ position } = { position: span.from + span.count }] = found;
    if (position > span.from) {
      this.#first = Math.max(this.#first, position);
    }
    return position === span.from ? found.map(({ line }) => line) : [];
  }

  /** Adds lines with positions from one on. */
  add(lines: readonly NumberedLogLine[], { from }: LineSpan): void {
    this.#pages.add(lines, (_, i) => from + i);
  }

  /** Keeps the lines that the search was told of when the log grew. */
  addLatest(): void {
    const { latest } = this.#search;
    this.#pages.add(
      latest.map(({ line }) => line),
      (_, i) => latest[i].position,
    );
  }

  get #end(): number {
    return this.#search.count + 1;
  }

  get #note(): MarkerEntry | undefined {
    const { count, isThrough, failure } = this.#search;
    if (count > 0) {
      return this.#file.note;
    }
    return isThrough
      ? { kind: 'marker', marker: 'end', text: failure ? FAILED : NONE }
      : { kind: 'marker', marker: 'waiting', text: SEARCHING };
  }

  #latest(position: number): FoundLine | undefined {
    const { latest } = this.#search;
    // Their positions rise, and those at the end are asked for most.
    return latest.findLast(found => found.position === position);
  }
}
