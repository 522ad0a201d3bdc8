import type {
  LogSearchEvent,
  MatchedLogLine,
} from '@ml-platform/backstage-plugin-ray-common';
import type { LineSpan } from './LogPlaces';
import type { SearchPart, SearchSteps } from './SearchSteps';

/** What to look at, and how much to tell of it. */
export interface SearchSpan {
  readonly from: number;
  readonly to?: number;
  /** Lines to tell of. */
  readonly limit: number;
  /** Whether matches that are equal to the one before are left out. */
  readonly fold?: boolean;
  /** Number of the match before, which the first one may be equal to. */
  readonly after?: number;
}

export type SearchLines = (
  span: SearchSpan,
  options: {
    readonly onEvent: (event: LogSearchEvent) => void;
    readonly signal: AbortSignal;
  },
) => Promise<void>;

/** A line that was found. */
export interface FoundLine {
  readonly line: MatchedLogLine;
  /** From 1, among all that were found. */
  readonly position: number;
}

/** A line that was found, and those that it stands for. */
export interface FoundRun extends FoundLine {
  /** Position of the last of them. */
  readonly until: number;
}

/** More matches than a step can have. */
const LIMIT = 10_000;
/** Steps whose lines are remembered. */
const REMEMBERED = 8;

/**
 * What each line stands for: the matches up to the next line; only itself, where none is left out.
 * @param before - matches before those of the lines
 * @param matches - all of them
 */
export function runsOf(
  lines: readonly MatchedLogLine[],
  { before, matches }: Pick<SearchPart, 'before' | 'matches'>,
): readonly FoundRun[] {
  const positions = lines.map(
    ({ position }, i) => before + (position ?? i + 1),
  );
  return lines.map((line, i) => ({
    line,
    position: positions[i],
    until: (positions[i + 1] ?? matches + 1) - 1,
  }));
}

/** Asks which lines they are that a search has counted. */
export class MatchReader {
  readonly #search: SearchLines;
  readonly #steps: SearchSteps;
  /** Lines of the steps that were asked for last. */
  readonly #lines = new Map<number, readonly MatchedLogLine[]>();

  constructor(search: SearchLines, steps: SearchSteps) {
    this.#search = search;
    this.#steps = steps;
  }

  /** The lines that match in a part of the log, or the first 10,000 of them. */
  async linesIn(
    part: Pick<SearchPart, 'from' | 'to'>,
    signal: AbortSignal,
  ): Promise<readonly MatchedLogLine[]> {
    const { lines } = await this.#ask({ ...part, fold: false }, signal);
    return lines;
  }

  /** The lines that a step has found. */
  async linesOf(
    index: number,
    signal: AbortSignal,
  ): Promise<readonly MatchedLogLine[]> {
    const known = this.#lines.get(index);
    if (known) {
      return known;
    }
    const lines = await this.linesIn(this.#steps.part(index), signal);
    this.#lines.set(index, lines);
    for (const oldest of this.#lines.keys()) {
      if (this.#lines.size > REMEMBERED) {
        this.#lines.delete(oldest);
      }
    }
    return lines;
  }

  /**
   * The lines from a position on, with at least so many matches, or the first of them; of those
   * that the log has lost since, none.
   */
  async read(
    { from, count, fold }: LineSpan,
    signal: AbortSignal,
  ): Promise<readonly FoundRun[]> {
    const part = this.#steps.partWith(from, count, LIMIT);
    const { lines, matches } = await this.#ask({ ...part, fold }, signal);
    // A log loses its first lines first.
    const before = part.matches - matches;
    return runsOf(lines, { before, matches: part.matches }).filter(
      ({ until }) => until >= from,
    );
  }

  /** @throws what the search failed with */
  async #ask(
    { from, to, fold }: Pick<SearchSpan, 'from' | 'to' | 'fold'>,
    signal: AbortSignal,
  ): Promise<{
    readonly lines: readonly MatchedLogLine[];
    readonly matches: number;
  }> {
    const lines: MatchedLogLine[] = [];
    let matches = 0;
    let failure: Error | undefined;
    await this.#search(
      { from, to, limit: LIMIT, fold },
      {
        signal,
        onEvent: event => {
          if (event.event === 'matches') {
            lines.push(...event.data.lines);
          } else if (event.event === 'progress') {
            matches = event.data.matches;
          } else if (event.data.reason === 'error') {
            failure = new Error(event.data.message);
          }
        },
      },
    );
    if (failure) {
      throw failure;
    }
    return { lines, matches };
  }
}
