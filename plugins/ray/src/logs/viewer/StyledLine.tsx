import { memo } from 'react';
import { findRanges } from '../scrollback/ScrollbackSearch';
import { highlight, type MarkedText } from '../scrollback/highlight';
import type { LineEntry } from '../scrollback/ScrollbackEntry';
import { drawLine } from '../terminal/drawLine';
import { textCss } from './textCss';

export interface StyledLineProps {
  readonly entry: LineEntry;
  readonly query: string;
  /** Which match of this line the reader stands on, counted from 0. */
  readonly match?: number;
}

interface PieceProps {
  readonly part: MarkedText;
  /** True for the match that the reader stands on. */
  readonly current: boolean;
  /** True where the link, if it is one, ends. */
  readonly last: boolean;
}

const Piece = ({ part, current, last }: PieceProps) => {
  const { text, href, match } = part;
  const css = textCss(part);
  const content =
    match === undefined ? (
      text
    ) : (
      <mark data-current={current || undefined}>{text}</mark>
    );
  if (href) {
    return (
      <a
        href={href}
        target="_blank"
        rel="noopener noreferrer"
        title={href}
        data-host={last ? new URL(href).host : undefined}
        style={css}
      >
        {content}
      </a>
    );
  }
  return css && match === undefined ? (
    <span style={css}>{content}</span>
  ) : (
    <>{content}</>
  );
};

/** The text of a line in its colors, with what is searched for marked. */
export const StyledLine = memo(({ entry, query, match }: StyledLineProps) => {
  const { pieces } = drawLine(entry.text, entry.start);
  const text = query ? pieces.map(piece => piece.text).join('') : '';
  const parts = highlight(pieces, findRanges(text, query));
  return (
    <>
      {parts.map((part, index) => {
        // Pieces of a line never move among each other: their place is their key.
        const key = index;
        return (
          <Piece
            key={key}
            part={part}
            current={part.match !== undefined && part.match === match}
            last={parts[index + 1]?.href !== part.href}
          />
        );
      })}
    </>
  );
});
