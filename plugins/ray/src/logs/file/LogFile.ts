import type {
  LogLinesAnswer,
  NumberedLogLine,
} from '@ml-platform/backstage-plugin-ray-common';
import { fileNote } from './fileNote';
import type { LineEntry, LogEntry, MarkerEntry } from './LogEntry';
import { LogMap } from './LogMap';
import { LogPages, PAGE, type LogPage, type LogPagesOptions } from './LogPages';
import type { LineSpan, LogPlaces } from './LogPlaces';
import { LogRuns } from './LogRuns';
import { spanToLoad } from './spanToLoad';

/** What there is of a log. */
export type LogFacts = Omit<LogLinesAnswer, 'lines'>;

const NOTHING: LogFacts = {
  source: '',
  lasting: true,
  first: 1,
  last: 0,
  state: 'reading',
  missing: [],
};

/**
 * A window over a log as a numbered file: knows how long it is and where lines are missing,
 * and holds the lines that were needed last. Each line has a place, which stays; so has each
 * gap, and a note at the end.
 */
export class LogFile implements LogPlaces {
  readonly runs = new LogRuns();
  readonly #pages: LogPages;
  #facts = NOTHING;
  #map = new LogMap(NOTHING);
  #note: MarkerEntry | undefined;
  #hasFailed = false;

  constructor(options: Pick<LogPagesOptions, 'mostPages' | 'mostBytes'> = {}) {
    this.#pages = new LogPages({
      ...options,
      isBroken: number => this.#map.isBroken(number),
      onDrop: ({ first }) => this.runs.drop(first, first + PAGE),
    });
  }

  get facts(): LogFacts {
    return this.#facts;
  }

  /** Place of the first entry. */
  get first(): number {
    return this.#map.start;
  }

  /** Place after the last entry. */
  get next(): number {
    return this.#map.end + (this.#note ? 1 : 0);
  }

  /** Number of the last line. */
  get lastLine(): number {
    return this.#facts.last;
  }

  /** True when the rest of the log couldn't be read. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Lines that are known to be lost. */
  get lost(): number {
    return this.#map.lost;
  }

  /** True when there is no room for more than what is in view. */
  get isCrowded(): boolean {
    return this.#pages.isCrowded;
  }

  /** What stands after the last line. */
  get note(): MarkerEntry | undefined {
    return this.#note;
  }

  get pages(): Iterable<LogPage> {
    return this.#pages.all;
  }

  /** Takes what the backend says there is of the log, with some of its lines. */
  take({ lines, ...facts }: LogLinesAnswer): void {
    this.#facts = facts;
    this.#map = new LogMap(facts);
    this.#note = fileNote(facts);
    this.#hasFailed = false;
    this.#pages.dropBefore(facts.first);
    this.runs.drop(0, facts.first);
    this.add(lines);
  }

  /** Adds lines to those that it holds. */
  add(lines: readonly NumberedLogLine[]): void {
    for (const { number, until } of lines) {
      if (until !== undefined) {
        this.runs.add(number, until);
      }
    }
    this.#pages.add(lines);
  }

  /** Says at the end why there is nothing more. */
  fail(message?: string): void {
    this.#note = fileNote({ ...this.#facts, end: 'error' }, message);
    this.#hasFailed = true;
  }

  /** Says what the job waits for before it has any log. */
  wait(waiting: string): void {
    this.#note = fileNote({ ...this.#facts, waiting });
  }

  at(seq: number): LogEntry | undefined {
    if (seq < this.first || seq >= this.next) {
      return undefined;
    }
    if (seq >= this.#map.end) {
      return this.#note;
    }
    const place = this.#map.at(seq);
    if (place.kind === 'gap') {
      const { reason, lines } = place.gap;
      const what =
        lines === undefined
          ? 'From here on, numbers count only the lines that were read.'
          : `${lines.toLocaleString()} ${lines === 1 ? 'line is' : 'lines are'} missing here.`;
      return { kind: 'marker', marker: 'gap', text: `⋯ ${reason}. ${what}` };
    }
    const { number } = place;
    return this.#pages.line(number) ?? { kind: 'absent', number };
  }

  /** A line, if it is loaded. */
  line(number: number): LineEntry | undefined {
    return this.#pages.line(number);
  }

  /** The place of a line, given its number; `undefined` where there is no such line. */
  seqOfLine(number: number): number | undefined {
    const { first, last } = this.#facts;
    return number < first || number > last || this.#map.lostIn(number)
      ? undefined
      : this.#map.seqOf(number);
  }

  /** A line has its number as its index. */
  indexAt(seq: number): number {
    return this.lineAt(seq);
  }

  /** Number of the line at a place; of the one after it, where it is a note. */
  lineAt(seq: number): number {
    const place = this.#map.at(seq);
    return place.kind === 'gap' ? place.gap.line : place.number;
  }

  /** Why a line isn't there; `undefined` while it may still be read. */
  whyAbsent(number: number): string | undefined {
    const { first, last, state } = this.#facts;
    if (number > last && state === 'reading') {
      return undefined;
    }
    const lost = this.#map.lostIn(number);
    const name = `Line ${number.toLocaleString()}`;
    if (lost) {
      return `${name} is lost: ${lost.reason}`;
    }
    return number < first
      ? `${name} isn't kept here any more. To see it, download the log`
      : `${name} isn't there: the log has ${last.toLocaleString()} lines`;
  }

  /**
   * The fold that can hide a line, because it is equal to the line before, or because the next
   * line shows a later state of the same progress bar. A fold is known by the number of its
   * first line.
   */
  foldOf(number: number): number | undefined {
    const run = this.runs.at(number);
    return run && run.first < number
      ? run.first
      : this.#pages.line(number + 1)?.redraws;
  }

  need(
    from: number,
    to: number,
    open: ReadonlySet<number>,
  ): LineSpan | undefined {
    const { first, last } = this.#facts;
    const begin = Math.max(first, this.lineAt(Math.max(this.first, from)));
    const end = Math.min(last, this.lineAt(Math.max(this.first, to)));
    return spanToLoad({
      begin,
      end,
      runs: this.runs,
      pages: this.#pages,
      open,
      after: number => this.#map.lostIn(number)?.line,
    });
  }
}
