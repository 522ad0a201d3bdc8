import type { TextRange } from '../scrollback/ScrollbackSearch';
import type { StyledText } from './TextStyle';

export interface MarkedText extends StyledText {
  /** True for what was searched for. */
  readonly match: boolean;
}

/** Cuts styled pieces where matches begin and end. */
export function highlight(
  pieces: readonly StyledText[],
  ranges: readonly TextRange[],
): MarkedText[] {
  if (ranges.length === 0) {
    return pieces.map(piece => ({ ...piece, match: false }));
  }
  const result: MarkedText[] = [];
  let offset = 0;
  let current = 0;
  for (const { text, style } of pieces) {
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
        text: text.slice(at - offset, cut - offset),
        style,
        match,
      });
      at = cut;
    }
    offset = end;
  }
  return result;
}
