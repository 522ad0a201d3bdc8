import type { MatchedLogLine } from '@ml-platform/backstage-plugin-ray-common';
import type { LineSpan } from './LogPlaces';
import type { Run } from './LogRuns';
import {
  MatchReader,
  runsOf,
  type FoundLine,
  type FoundRun,
  type SearchLines,
} from './MatchReader';
import { SearchSteps, type SearchPart, type SearchStep } from './SearchSteps';

export interface LogSearchOptions {
  readonly search: SearchLines;
  /** Called when there is news. */
  readonly onChange: () => void;
}

/** A step as the backend tells of it: what isn't folded is equal to nothing. */
type SearchProgress = Pick<SearchStep, 'matches' | 'searched'> &
  Partial<SearchStep>;

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
  readonly #reader: MatchReader;
  #latest: readonly FoundRun[] = [];
  #running: Promise<void> | undefined;
  #waiting: (() => void)[] = [];
  #failure: Error | undefined;
  #isThrough = false;

  constructor(options: LogSearchOptions) {
    this.#options = options;
    this.#reader = new MatchReader(options.search, this.#steps);
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
  get latest(): readonly FoundRun[] {
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

  /** All the equal matches, of which these were told of together. */
  whole(run: Run): Run {
    return this.#steps.whole(run);
  }

  /** The lines from a position on; see {@link MatchReader.read}. */
  read(span: LineSpan, signal: AbortSignal): Promise<readonly FoundRun[]> {
    return this.#reader.read(span, signal);
  }

  /** The lines that match in a part of the log, or the first 10,000 of them. */
  linesIn(
    part: Pick<SearchPart, 'from' | 'to'>,
  ): Promise<readonly MatchedLogLine[]> {
    return this.#reader.linesIn(part, this.#closed.signal);
  }

  async #run(): Promise<void> {
    const { search, onChange } = this.#options;
    const before = this.#steps.last;
    const latest = this.#latest.slice(-LATEST);
    const { signal } = this.#closed;
    const part = {
      from: this.searched + 1,
      limit: this.#isThrough ? LATEST : 0,
      fold: true,
      after: before.line,
    };
    const told: MatchedLogLine[] = [];
    this.#failure = undefined;
    try {
      await search(part, {
        signal,
        onEvent: event => {
          if (event.event === 'matches') {
            told.push(...event.data.lines);
          } else if (event.event === 'progress') {
            event.data.steps.forEach(step => this.#add(step, before));
            this.#latest = [...latest, ...this.#runsOf(told, before)];
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

  /**
   * Notes a step.
   * @param before - the last step of the search before, where positions began at 1 again
   */
  #add(step: SearchProgress, before: SearchStep): void {
    const { matches: last } = this.#steps.last;
    const { matches, searched, line, run = matches, until } = step;
    this.#steps.add({
      matches: before.matches + matches,
      searched,
      line,
      run: run === 0 ? before.run : before.matches + run,
      until: until === undefined ? last : before.matches + until,
    });
  }

  /** Lines that were told of, each with those that it stands for. */
  #runsOf(
    told: readonly MatchedLogLine[],
    { matches: before }: SearchStep,
  ): readonly FoundRun[] {
    const runs = runsOf(told, { before, matches: this.count });
    // Of the last one of so many, it isn't known how many it stands for.
    return runs.slice(0, LATEST - 1);
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
        const lines = await this.#reader.linesOf(i, this.#closed.signal);
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
}
