import { parseArchiveLine } from '../../archive/archiveText';
import type { LogPart, NumberedLine } from './NumberedLog';

/** Where a line is in a text. */
export interface LinePlace {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** The line at a place. */
export function lineAt(
  { text }: LogPart,
  { number, start, end }: LinePlace,
): NumberedLine | undefined {
  const line = parseArchiveLine(text.slice(start, end));
  if (line.kind !== 'line') {
    return undefined;
  }
  const { kind, ...rest } = line;
  return { number, ...rest };
}

/** The lines of a text from a number on, one after the other. */
export function* linesIn(part: LogPart, from: number): Generator<NumberedLine> {
  const { first, text } = part;
  let number = first;
  let end = text.indexOf('\n');
  for (let start = 0; end >= 0; end = text.indexOf('\n', start)) {
    const line = number >= from && lineAt(part, { number, start, end });
    if (line) {
      yield line;
    }
    start = end + 1;
    number += 1;
  }
}

/** Number of the first line of this time or later. */
export function findTime(part: LogPart, since: string): number | undefined {
  for (const { number, time } of linesIn(part, part.first)) {
    if (time !== undefined && time >= since) {
      return number;
    }
  }
  return undefined;
}
