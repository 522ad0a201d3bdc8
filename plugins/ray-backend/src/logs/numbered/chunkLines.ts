import { parseArchiveLine } from '../../archive/archiveText';
import type { LogPart, NumberedLine } from './NumberedLog';

/** The lines of a text from a number on, one after the other. */
export function* linesIn(
  { first, text }: LogPart,
  from: number,
): Generator<NumberedLine> {
  let number = first;
  let end = text.indexOf('\n');
  for (let start = 0; end >= 0; end = text.indexOf('\n', start)) {
    if (number >= from) {
      const line = parseArchiveLine(text.slice(start, end));
      if (line.kind === 'line') {
        const { kind, ...rest } = line;
        yield { number, ...rest };
      }
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
