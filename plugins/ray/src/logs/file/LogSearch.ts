import type {
  LogSearchEvent,
  NumberedLogLine,
} from '@ml-platform/backstage-plugin-ray-common';
import type { LineSpan } from './LogPlaces';
import { SearchSteps, type SearchPart } from './SearchSteps';

/** A line that was found. */
export interface FoundLine {
  readonly line: NumberedLogLine;
  /** From 1, among all that were found. */
  readonly position: number;
}

export interface LogSearchOptions {
  readonly search: (
    span: {
      readonly from: number;
      readonly to?: number;
      readonly limit: number;
    },
    options: {
      readonly onEvent: (event: LogSearchEvent) => void;
      readonly signal: AbortSignal;
    },
  ) => Promise<void>;
  /** Called when there is news. */
  readonly onChange: () => void;
}

/** More matches than a step can have. */
const LIMIT = 10_000;
/** Steps whose lines are remembered. */
const REMEMBERED = 8;
/** Lines that are told of at once when a log has grown, and are remembered. */
const LATEST = 500;

/**
 * A search of a whole log: counts the lines that match and notes where they are; which
 * ones they are it asks when somebody goes there. What it holds doesn't grow with the
 * number of matches.
 */
export class LogSearch {
  readonly #options: LogSearchOptions;
  readonly #closed = new AbortController();
  readonly #steps = new SearchSteps();
  readonly #lines = new Map<number, readonly NumberedLogLine[]>();
  #latest: readonly FoundLine[] = [];
  #running: Promise<void> | undefined;
  #waiting: (() => void)[] = [];
  #failure: Error | undefined;
  #isThrough = false;

  constructor(options: LogSearchOptions) {
    this.#options = options;
  }

  /** Lines that match so far. */
  get count(): number {
    return this.#steps.last.matches;
  }

  /** Number of the last line that was looked at. */
  get searched(): number {
    return this.#steps.last.searched;
  }

  /** Lines that were found where the log has grown: the first ones of each time. */
  get latest(): readonly FoundLine[] {
    return this.#latest;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** True once all has been searched that there was. */
  get isThrough(): boolean {
    return this.#isThrough && !this.isRunning;
  }

  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Searches what hasn't been searched. */
  run(): void {
    this.#running ??= this.#run();
  }

  close(): void {
    this.#closed.abort();
    this.#wake();
  }

  /**
   * The match that is nearest to a line in a direction, and where there is none, the first
   * one from the other end. Waits until the search is that far.
   */
  async find(number: number, by: 1 | -1): Promise<FoundLine | undefined> {
    let found = await this.#nearest(number, by);
    const { signal } = this.#closed;
    while (!found && !this.isThrough && !signal.aborted && by > 0) {
      await new Promise<void>(resolve => {
        this.#waiting.push(resolve);
      });
      found = await this.#nearest(number, by);
    }
    return found ?? this.#nearest(by > 0 ? 0 : Infinity, by);
  }

  /** A number that the line with a position has at least. */
  leastNumber(position: number): number {
    return this.#steps.partOf(position).from;
  }

  /**
   * The lines with some positions, or the first of them; of those that the log has lost
   * since, none.
   */
  async read(
    { from, count }: LineSpan,
    signal: AbortSignal,
  ): Promise<readonly FoundLine[]> {
    const part = this.#steps.partWith(from, count, LIMIT);
    const lines = await this.linesIn(part, signal);
    // A log loses its first lines first.
    const before = part.matches - lines.length;
    return lines
      .map((line, i) => ({ line, position: before + i + 1 }))
      .filter(({ position }) => position >= from && position < from + count);
  }

  /** The lines that match in a part of the log, or the first 10,000 of them. */
  async linesIn(
    { from, to }: Pick<SearchPart, 'from' | 'to'>,
    signal: AbortSignal = this.#closed.signal,
  ): Promise<readonly NumberedLogLine[]> {
    const lines: NumberedLogLine[] = [];
    await this.#options.search(
      { from, to, limit: LIMIT },
      {
        signal,
        onEvent: event => {
          if (event.event === 'matches') {
            lines.push(...event.data.lines);
          }
        },
      },
    );
    return lines;
  }

  async #run(): Promise<void> {
    const { search, onChange } = this.#options;
    const { count } = this;
    const { signal } = this.#closed;
    const part = {
      from: this.searched + 1,
      limit: this.#isThrough ? LATEST : 0,
    };
    let told = count;
    this.#failure = undefined;
    try {
      await search(part, {
        signal,
        onEvent: event => {
          if (event.event === 'matches') {
            const found = event.data.lines.map(line => {
              told += 1;
              return { line, position: told };
            });
            this.#latest = [...this.#latest, ...found].slice(-LATEST);
          } else if (event.event === 'progress') {
            for (const { matches, searched } of event.data.steps) {
              this.#steps.add({ matches: count + matches, searched });
            }
            onChange();
            this.#wake();
          } else if (event.data.reason === 'error') {
            this.#failure = new Error(event.data.message);
          }
        },
      });
    } catch (error) {
      this.#failure = error as Error;
    }
    this.#running = undefined;
    this.#isThrough = true;
    this.#wake();
    if (!signal.aborted) {
      onChange();
    }
  }

  /** Lets those look again who wait for a match. */
  #wake(): void {
    this.#waiting.splice(0).forEach(resolve => resolve());
  }

  async #nearest(number: number, by: 1 | -1): Promise<FoundLine | undefined> {
    const steps = this.#steps;
    const start = by > 0 ? 0 : steps.length - 1;
    for (let i = start; i >= 0 && i < steps.length; i += by) {
      const part = steps.part(i);
      const isPast = by > 0 ? part.to <= number : part.from >= number;
      if (!isPast && part.matches > part.before) {
        const lines = await this.#linesOf(i);
        const inOrder = by > 0 ? lines : [...lines].reverse();
        const line = inOrder.find(each => (each.number - number) * by > 0);
        if (line) {
          const position = part.before + lines.indexOf(line) + 1;
          return { line, position };
        }
      }
    }
    return undefined;
  }

  /** The lines that a step has found. */
  async #linesOf(index: number): Promise<readonly NumberedLogLine[]> {
    const known = this.#lines.get(index);
    if (known) {
      return known;
    }
    const part = this.#steps.part(index);
    const lines = await this.linesIn(part);
    this.#lines.set(index, lines);
    for (const oldest of this.#lines.keys()) {
      if (this.#lines.size > REMEMBERED) {
        this.#lines.delete(oldest);
      }
    }
    return lines;
  }
}
