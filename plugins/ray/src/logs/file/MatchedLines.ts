import type { LogEntry, MarkerEntry } from './LogEntry';
import type { LogFile } from './LogFile';
import { LogPages, PAGE, type LogPage } from './LogPages';
import type { LineSpan, LogPlaces } from './LogPlaces';
import { LogRuns, type Run } from './LogRuns';
import type { LogSearch } from './LogSearch';
import type { FoundRun } from './MatchReader';
import { spanToLoad } from './spanToLoad';

const SEARCHING = 'Looking for lines that match…';
const NONE = 'No line matches';
const FAILED = "Couldn't look for lines that match";

/**
 * A window over those lines of a log that a search has found: as long as there are matches, with
 * the true numbers of the lines. The place and the index of a line are its position among the
 * matches. They stay as the log grows.
 */
export class MatchedLines implements LogPlaces {
  readonly runs = new LogRuns();
  readonly #file: LogFile;
  readonly #search: LogSearch;
  readonly #pages = new LogPages({
    // What is between the matches isn't shown.
    isBroken: () => true,
    onDrop: ({ first }) => this.runs.drop(first, first + PAGE),
  });
  #first = 1;
  /** Matches when it last took what is new. */
  #count = 0;

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
    return this.#pages.line(seq) ?? { kind: 'absent' };
  }

  indexAt(seq: number): number {
    return seq;
  }

  lineAt(seq: number): number {
    if (seq >= this.#end) {
      return this.#search.searched + 1;
    }
    return this.#pages.line(seq)?.number ?? this.#search.leastNumber(seq);
  }

  foldOf(index: number): number | undefined {
    const run = this.runs.at(index);
    return run && run.first < index ? run.first : undefined;
  }

  need(
    from: number,
    to: number,
    open: ReadonlySet<number>,
  ): LineSpan | undefined {
    const begin = Math.max(this.first, from);
    const end = Math.min(this.#end, to) - 1;
    const { runs } = this;
    return spanToLoad({ begin, end, runs, pages: this.#pages, open });
  }

  /** Loads lines. @returns none where the log has lost them */
  async read(
    span: LineSpan,
    signal: AbortSignal,
  ): Promise<readonly FoundRun[]> {
    const found = await this.#search.read(span, signal);
    const [{ position } = { position: span.from + span.count }] = found;
    if (position > span.from) {
      this.#first = Math.max(this.#first, position);
      this.runs.drop(0, this.#first);
      return [];
    }
    return found;
  }

  /** Adds lines, and what they stand for. */
  add(found: readonly FoundRun[]): void {
    for (const { position, until } of found) {
      this.#addRun({ first: position, until });
    }
    this.#pages.add(
      found.map(({ line }) => line),
      (_, i) => found[i].position,
    );
  }

  /** Adds the lines that the search was told of when the log grew. */
  addLatest(): void {
    const { count, latest } = this.#search;
    if (count > this.#count) {
      // The last match so far, which the new ones can be equal to, and the last one now.
      for (const position of [this.#count, count]) {
        this.#addRun({ first: position, until: position });
      }
      this.add(latest);
      this.#count = count;
    }
  }

  /** Notes that matches are equal, those that aren't kept any more excepted. */
  #addRun(run: Run): void {
    const { first, until } = this.#search.whole(run);
    const begin = Math.max(first, this.#first);
    if (until > begin) {
      this.runs.add(begin, until);
    }
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
}
