import type { LinePlace } from './chunkLines';
import type { LineMatcher } from './lineMatcher';
import type { MatchCount, MatchCounter } from './MatchCounter';
import type { LogPart, NumberedLog } from './NumberedLog';
import { Stretch } from './Stretch';

/** Most matches of one step. */
const MOST = 5_000;

/** How far a search is. */
export interface SearchStep extends MatchCount {
  /** Number of the last line that was looked at. */
  readonly searched: number;
}

export interface SearchOptions {
  /** Number of the first line to look at. */
  readonly from: number;
  /** Number of the last one. */
  readonly to: number;
  /** Counts the matches, and says which are told of. */
  readonly counter: MatchCounter;
  readonly signal?: AbortSignal;
}

/** Where the lines of a text are that match, between two numbers. */
async function matchesIn(
  { first, text }: LogPart,
  { matches, mayMatch }: LineMatcher,
  { from, to, signal }: SearchOptions,
): Promise<LinePlace[]> {
  const found: LinePlace[] = [];
  const stretch = await Stretch.begin();
  if (!mayMatch(text)) {
    return found;
  }
  let number = first;
  let end = text.indexOf('\n');
  for (let start = 0; end >= 0; end = text.indexOf('\n', start)) {
    if (stretch.isLong) {
      await stretch.pause();
    }
    if (signal?.aborted) {
      break;
    }
    const isWithin = number >= from && number <= to;
    // Before the first space is the time.
    if (isWithin && matches(text.slice(text.indexOf(' ', start) + 1, end))) {
      found.push({ number, start, end });
    }
    start = end + 1;
    number += 1;
  }
  return found;
}

/** Parts of so many places at most, one at least. */
function* portions(
  places: readonly LinePlace[],
): Generator<readonly LinePlace[]> {
  for (let start = 0; start === 0 || start < places.length; start += MOST) {
    yield places.slice(start, start + MOST);
  }
}

/**
 * Searches the lines between two numbers: counts all that match, and tells the
 * first ones. Once it is aborted, what it tells is not complete.
 */
export async function* searchLog(
  log: NumberedLog,
  matcher: LineMatcher,
  options: SearchOptions,
): AsyncGenerator<SearchStep> {
  const { from, to, counter } = options;
  for await (const part of log.parts(from, to)) {
    const found = await matchesIn(part, matcher, options);
    for (const portion of portions(found)) {
      const isLast = portion.at(-1) === found.at(-1);
      const end = Math.min(to, part.first + part.lines - 1);
      const searched = isLast ? end : (portion.at(-1)?.number ?? end);
      yield { ...counter.take(part, portion), searched };
    }
  }
}
