import { memo } from 'react';
import type { FindRanges } from '../file/findRanges';
import { highlight, type MarkedText } from '../file/highlight';
import type { LineEntry } from '../file/LogEntry';
import { drawLine } from '../terminal/drawLine';
import { textCss } from './textCss';

export interface StyledLineProps {
  readonly entry: LineEntry;
  /** Finds what is searched for. */
  readonly find: FindRanges;
  /** Index of the current match in this line. */
  readonly match?: number;
}

interface PieceProps {
  readonly part: MarkedText;
  /** True for the current match. */
  readonly current: boolean;
  /** True for the last piece of a link. */
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

/** The text of a line in its colors, with matches highlighted. */
export const StyledLine = memo(({ entry, find, match }: StyledLineProps) => {
  const { pieces } = drawLine(entry.text, entry.start);
  const text = pieces.map(piece => piece.text).join('');
  const parts = highlight(pieces, find(text));
  return (
    <>
      {parts.map((part, index) => {
        // Pieces of a line never change their order, so the index can be the key.
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
