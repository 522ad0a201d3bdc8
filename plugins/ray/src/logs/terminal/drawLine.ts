import { drawnPart } from './drawnPart';
import { applySgr } from './sgr';
import {
  hasControls,
  terminalTokens,
  type TerminalToken,
} from './terminalTokens';
import { PLAIN, type StyledText, type TextStyle } from './TextStyle';

/** A line as a terminal shows it after all its changes. */
export interface DrawnLine {
  readonly pieces: readonly StyledText[];
  /** The style at the start of the next line. */
  readonly end: TextStyle;
}

/** The farthest column that the cursor can jump to. */
const WIDEST = 10_000;

/** The style and link of the next text. */
interface Pen {
  readonly style: TextStyle;
  readonly href?: string;
}

/** The pen after a token. */
function penAfter(pen: Pen, token: TerminalToken): Pen {
  switch (token.kind) {
    case 'style':
      return { ...pen, style: applySgr(pen.style, token.sgr) };
    case 'link':
      return { style: pen.style, ...(token.href && { href: token.href }) };
    default:
      return pen;
  }
}

function piece(
  { style, href }: Pen,
  token: TerminalToken & { readonly text: string },
): StyledText {
  return {
    text: token.text,
    style,
    ...(href && { href }),
    ...(token.kind === 'control' && { control: true }),
  };
}

function joinCells(cells: readonly StyledText[]): StyledText[] {
  const pieces: { -readonly [K in keyof StyledText]: StyledText[K] }[] = [];
  for (const cell of cells) {
    const last = pieces[pieces.length - 1];
    if (
      last?.style === cell.style &&
      last.href === cell.href &&
      last.control === cell.control
    ) {
      last.text += cell.text;
    } else {
      pieces.push({ ...cell });
    }
  }
  return pieces;
}

/** A line that can be overwritten, as progress bars do after a carriage return. */
class Cells {
  readonly cells: StyledText[] = [];
  readonly #blank: StyledText;
  #column = 0;
  /** Cells before this one stay, because the cursor has left their line. */
  #left = 0;

  constructor(style: TextStyle) {
    this.#blank = { text: ' ', style };
  }

  write(drawn: StyledText): void {
    const chars = drawn.control ? [drawn.text] : drawn.text;
    for (const text of chars) {
      while (this.cells.length < this.#column) {
        this.cells.push(this.#blank);
      }
      this.cells[this.#column] = { ...drawn, text };
      this.#column += 1;
    }
  }

  moveTo(column: number): void {
    const farthest = Math.max(WIDEST, this.cells.length);
    this.#column = Math.min(Math.max(this.#left, column), farthest);
  }

  moveBy(columns: number): void {
    this.moveTo(this.#column + columns);
  }

  toColumn(column: number): void {
    this.moveTo(this.#left + column);
  }

  leave(): void {
    this.#left = this.cells.length;
    this.#column = this.#left;
  }

  erase(mode: number): void {
    const { cells } = this;
    if (mode === 0) {
      cells.length = Math.min(cells.length, this.#column);
    } else if (mode === 2) {
      cells.length = this.#left;
    } else {
      cells.fill(this.#blank, this.#left, this.#column);
    }
  }
}

function drawWithCursor(
  tokens: readonly TerminalToken[],
  start: TextStyle,
): DrawnLine {
  const cells = new Cells(start);
  let pen: Pen = { style: start };
  for (const token of tokens) {
    switch (token.kind) {
      case 'text':
      case 'control':
        cells.write(piece(pen, token));
        break;
      case 'column':
        cells.toColumn(token.to);
        break;
      case 'move':
        cells.moveBy(token.by);
        break;
      case 'erase':
        cells.erase(token.mode);
        break;
      case 'leave':
        cells.leave();
        break;
      default:
        pen = penAfter(pen, token);
    }
  }
  return { pieces: joinCells(cells.cells), end: pen.style };
}

const movesCursor = ({ kind }: TerminalToken) =>
  ['column', 'move', 'erase'].includes(kind);

/** Draws all of a line. Fast for a line of plain text. */
function drawWhole(line: string, start: TextStyle): DrawnLine {
  if (!hasControls(line)) {
    return { pieces: line ? [{ text: line, style: start }] : [], end: start };
  }
  const tokens = terminalTokens(line);
  if (tokens.some(movesCursor)) {
    return drawWithCursor(tokens, start);
  }
  const pieces: StyledText[] = [];
  let pen: Pen = { style: start };
  for (const token of tokens) {
    if (token.kind === 'text' || token.kind === 'control') {
      pieces.push(piece(pen, token));
    } else {
      pen = penAfter(pen, token);
    }
  }
  return { pieces, end: pen.style };
}

const textOf = ({ pieces }: DrawnLine) =>
  pieces.map(({ text }) => text).join('');

/** Draws one line of a log. Of one that is very long, it draws a part, and says how much is left. */
export function drawLine(line: string, start: TextStyle): DrawnLine {
  const { before, text, after } = drawnPart(line);
  const { pieces, end } = drawWhole(text, start);
  const marked = (mark?: string): StyledText[] =>
    mark ? [{ text: mark, style: PLAIN, control: true }] : [];
  return { pieces: [...marked(before), ...pieces, ...marked(after)], end };
}

/** The text of a line as the viewer shows it, without styles. */
export function plainText(line: string): string {
  return textOf(drawLine(line, PLAIN));
}

/** The text of a whole line, however long it is. */
export function wholeText(line: string): string {
  return textOf(drawWhole(line, PLAIN));
}

/** The style at the start of the next line. */
export function styleAfter(line: string, start: TextStyle): TextStyle {
  if (!line.includes('\u001b') && !line.includes('\u009b')) {
    return start;
  }
  return terminalTokens(line).reduce(
    (style, token) =>
      token.kind === 'style' ? applySgr(style, token.sgr) : style,
    start,
  );
}
