import stringWidth from 'string-width';
import type { Output } from './Io';

const CLEAR = '\r\u001b[K';

/** Colours a text that is cut to the terminal's width. */
type Paint = (text: string) => string;

const unpainted: Paint = text => text;

/** The start of a text that has at most so many columns. */
function cut(text: string, columns: number): string {
  if (stringWidth(text) <= columns) {
    return text;
  }
  let width = 0;
  let kept = '';
  for (const character of text) {
    width += stringWidth(character);
    if (width >= columns) {
      break;
    }
    kept += character;
  }
  return `${kept}…`;
}

/** The last line of a terminal, which is written over until something stays. */
export class LiveLine {
  readonly #output: Output;
  #shown = '';

  constructor(output: Output) {
    this.#output = output;
  }

  get #columns(): number {
    return this.#output.columns || 80;
  }

  /** Shows a text in the place of the one before. */
  show(text: string, paint: Paint = unpainted): void {
    const line = cut(text, this.#columns - 1);
    if (line !== this.#shown) {
      this.#shown = line;
      this.#output.write(`${CLEAR}${paint(line)}`);
    }
  }

  /** Writes a line that stays, cut to the terminal's width. */
  print(text: string, paint: Paint = unpainted): void {
    const line = cut(text, this.#columns);
    this.end();
    this.#output.write(`${paint(line)}\n`);
  }

  /** Takes the text away. */
  end(): void {
    if (this.#shown) {
      this.#shown = '';
      this.#output.write(CLEAR);
    }
  }
}
