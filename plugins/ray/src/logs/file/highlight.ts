import type { StyledText } from '../terminal/TextStyle';
import type { TextRange } from './findRanges';

export interface MarkedText extends StyledText {
  /** Index of the range that the text belongs to, if any. */
  readonly match: number | undefined;
}

/** Cuts styled pieces at the start and end of each match. */
export function highlight(
  pieces: readonly StyledText[],
  ranges: readonly TextRange[],
): MarkedText[] {
  if (ranges.length === 0) {
    return pieces.map(piece => ({ ...piece, match: undefined }));
  }
  const result: MarkedText[] = [];
  let offset = 0;
  let current = 0;
  for (const piece of pieces) {
    const { text } = piece;
    const end = offset + text.length;
    let at = offset;
    while (at < end) {
      while (current < ranges.length && ranges[current].end <= at) {
        current += 1;
      }
      const range = ranges[current];
      const match = range !== undefined && range.start <= at;
      const stop = match ? range.end : (range?.start ?? end);
      const cut = Math.min(end, stop);
      result.push({
        ...piece,
        text: text.slice(at - offset, cut - offset),
        match: match ? current : undefined,
      });
      at = cut;
    }
    offset = end;
  }
  return result;
}
