import { plainText } from '../terminal/drawLine';
import type { Scrollback } from '../scrollback/Scrollback';
import type { LineRange } from './useLineSelection';

/** The lines of a buffer, or of a range of it, as plain text. */
export function linesAsText(buffer: Scrollback, range?: LineRange): string {
  const lines: string[] = [];
  const from = range ? buffer.seqOfLine(range.from) : buffer.first;
  for (let seq = from ?? buffer.first; seq < buffer.next; seq += 1) {
    const entry = buffer.at(seq);
    if (entry?.kind === 'line') {
      if (range && entry.number > range.to) {
        break;
      }
      lines.push(plainText(entry.text));
    }
  }
  return lines.length > 0 ? `${lines.join('\n')}\n` : '';
}
