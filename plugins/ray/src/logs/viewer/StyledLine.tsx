import { memo } from 'react';
import { drawLine } from '../terminal/drawLine';
import { highlight } from '../terminal/highlight';
import type { LineEntry } from '../scrollback/ScrollbackEntry';
import { findRanges } from '../scrollback/ScrollbackSearch';
import { textCss } from './textCss';

export interface StyledLineProps {
  readonly entry: LineEntry;
  readonly query: string;
}

/** The text of a line in its colours, with what is searched for marked. */
export const StyledLine = memo(({ entry, query }: StyledLineProps) => {
  const { pieces } = drawLine(entry.text, entry.start);
  const text = query ? pieces.map(piece => piece.text).join('') : '';
  const parts = highlight(pieces, findRanges(text, query));
  return (
    <>
      {parts.map((part, index) => {
        const css = textCss(part.style);
        // Pieces of a line never move among each other: their place is their key.
        const key = index;
        if (part.match) {
          return <mark key={key}>{part.text}</mark>;
        }
        return css ? (
          <span key={key} style={css}>
            {part.text}
          </span>
        ) : (
          part.text
        );
      })}
    </>
  );
});
