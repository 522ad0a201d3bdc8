import { linesIn } from './chunkLines';
import type { LineMatcher } from './lineMatcher';
import type { LogPart, NumberedLine, NumberedLog } from './NumberedLog';

/** Most matches of one step. */
const MOST = 5_000;

/** How far a search is. */
export interface SearchStep {
  /** Lines that match and weren't told of before; no more than asked for. */
  readonly lines: readonly NumberedLine[];
  /** All that match so far. */
  readonly matches: number;
  /** Number of the last line that was looked at. */
  readonly searched: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Numbers of the lines of a text that match, between two numbers. */
function matchesIn(
  { first, text }: LogPart,
  { matches, mayMatch }: LineMatcher,
  { from, to }: Span,
): number[] {
  const found: number[] = [];
  if (!mayMatch(text)) {
    return found;
  }
  let number = first;
  let end = text.indexOf('\n');
  for (let start = 0; end >= 0; end = text.indexOf('\n', start)) {
    const isWithin = number >= from && number <= to;
    // Before the first space is the time.
    if (isWithin && matches(text.slice(text.indexOf(' ', start) + 1, end))) {
      found.push(number);
    }
    start = end + 1;
    number += 1;
  }
  return found;
}

/** Parts of so many numbers at most, one at least. */
function* portions(numbers: readonly number[]): Generator<readonly number[]> {
  for (let start = 0; start === 0 || start < numbers.length; start += MOST) {
    yield numbers.slice(start, start + MOST);
  }
}

/** The lines with these numbers, the first so many of them. */
function linesOf(
  part: LogPart,
  numbers: readonly number[],
  most: number,
): NumberedLine[] {
  const lines: NumberedLine[] = [];
  const wanted = numbers.slice(0, most);
  if (wanted.length > 0) {
    for (const line of linesIn(part, wanted[0])) {
      if (line.number === wanted[lines.length]) {
        lines.push(line);
      }
      if (lines.length === wanted.length) {
        break;
      }
    }
  }
  return lines;
}

/**
 * Searches the lines between two numbers: counts all that match, and tells the
 * first ones.
 *
 * @param options.limit - lines that are told of
 */
export async function* searchLog(
  log: NumberedLog,
  matcher: LineMatcher,
  options: Span & { readonly limit: number },
): AsyncGenerator<SearchStep> {
  const { from, to, limit } = options;
  let [matches, told] = [0, 0];
  for await (const part of log.parts(from, to)) {
    const found = matchesIn(part, matcher, options);
    for (const portion of portions(found)) {
      const lines = linesOf(part, portion, Math.max(0, limit - told));
      matches += portion.length;
      told += lines.length;
      const isLast = portion.at(-1) === found.at(-1);
      const end = Math.min(to, part.first + part.lines - 1);
      const searched = isLast ? end : (portion.at(-1) ?? end);
      yield { lines, matches, searched };
    }
  }
}
