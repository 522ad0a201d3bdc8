import type {
  LogLinesAnswer,
  NumberedLogLine,
} from '@ml-platform/backstage-plugin-ray-common';
import { wholeText } from '../terminal/drawLine';
import type { LineRange } from '../viewer/useLineSelection';

/** Lines that can be copied at once. */
export const MOST_COPIED = 50_000;
/** Lines of one answer, at most. */
const MOST = 10_000;

const textOf = (lines: readonly NumberedLogLine[]) =>
  lines.map(({ text }) => `${wholeText(text)}\n`).join('');

/** The lines of a range as plain text. */
export async function readText(
  { from, to }: LineRange,
  read: (from: number, count: number) => Promise<LogLinesAnswer>,
): Promise<string> {
  const texts: string[] = [];
  let next = from;
  while (next <= to) {
    const count = Math.min(MOST, to - next + 1);
    const { lines } = await read(next, count);
    const wanted = lines.filter(({ number }) => number <= to);
    texts.push(textOf(wanted));
    next = (wanted.at(-1)?.number ?? to) + 1;
  }
  return texts.join('');
}

/**
 * Those lines of a range that match as plain text.
 * @param read - the first matches of a range; none where there is none
 */
export async function readMatches(
  { from, to }: LineRange,
  read: (range: LineRange) => Promise<readonly NumberedLogLine[]>,
): Promise<string> {
  const texts: string[] = [];
  let next = from;
  while (next <= to) {
    const lines = await read({ from: next, to });
    texts.push(textOf(lines));
    next = (lines.at(-1)?.number ?? to) + 1;
  }
  return texts.join('');
}
