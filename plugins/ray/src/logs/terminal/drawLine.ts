import { applySgr } from './sgr';
import { hasControls, terminalTokens } from './terminalTokens';
import type { StyledText, TextStyle } from './TextStyle';

/** A line as a terminal shows it in the end. */
export interface DrawnLine {
  readonly pieces: readonly StyledText[];
  /** Style that the next line starts with. */
  readonly end: TextStyle;
}

interface Cell {
  readonly char: string;
  readonly style: TextStyle;
}

/** A cursor that jumps further than this only means to clear. */
const WIDEST = 10_000;

function joinCells(cells: readonly Cell[]): StyledText[] {
  const pieces: { text: string; style: TextStyle }[] = [];
  for (const { char, style } of cells) {
    const last = pieces[pieces.length - 1];
    if (last?.style === style) {
      last.text += char;
    } else {
      pieces.push({ text: char, style });
    }
  }
  return pieces;
}

/** Writes over what is there, as progress bars do after a carriage return. */
function drawWithCursor(
  tokens: ReturnType<typeof terminalTokens>,
  start: TextStyle,
): DrawnLine {
  const cells: Cell[] = [];
  let column = 0;
  let style = start;
  for (const token of tokens) {
    switch (token.kind) {
      case 'text':
        for (const char of token.text) {
          while (cells.length < column) {
            cells.push({ char: ' ', style: start });
          }
          cells[column] = { char, style };
          column += 1;
        }
        break;
      case 'style':
        style = applySgr(style, token.sgr);
        break;
      case 'column':
        column = Math.min(token.to, WIDEST);
        break;
      case 'move':
        column = Math.min(Math.max(0, column + token.by), WIDEST);
        break;
      default:
        if (token.mode === 0) {
          cells.length = Math.min(cells.length, column);
        } else if (token.mode === 2) {
          cells.length = 0;
        } else {
          cells.fill({ char: ' ', style: start }, 0, column);
        }
    }
  }
  return { pieces: joinCells(cells), end: style };
}

/** Draws one line of a log. Costs nothing for a line of plain text. */
export function drawLine(line: string, start: TextStyle): DrawnLine {
  if (!hasControls(line)) {
    return { pieces: line ? [{ text: line, style: start }] : [], end: start };
  }
  const tokens = terminalTokens(line);
  if (tokens.some(({ kind }) => kind !== 'text' && kind !== 'style')) {
    return drawWithCursor(tokens, start);
  }
  const pieces: StyledText[] = [];
  let style = start;
  for (const token of tokens) {
    if (token.kind === 'style') {
      style = applySgr(style, token.sgr);
    } else if (token.kind === 'text') {
      pieces.push({ text: token.text, style });
    }
  }
  return { pieces, end: style };
}

/** The characters of a line as a terminal shows them, without their styles. */
export function plainText(line: string): string {
  if (!hasControls(line)) {
    return line;
  }
  return drawLine(line, {})
    .pieces.map(({ text }) => text)
    .join('');
}

/** Style that the line after this one starts with. */
export function styleAfter(line: string, start: TextStyle): TextStyle {
  if (!line.includes('\u001b[')) {
    return start;
  }
  return terminalTokens(line).reduce(
    (style, token) =>
      token.kind === 'style' ? applySgr(style, token.sgr) : style,
    start,
  );
}
