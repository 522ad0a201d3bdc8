import type { Output } from './Io';
import { cutText } from './textWidth';

const CLEAR = '\r\u001b[K';

/** Colours a text that is cut to the terminal's width. */
type Paint = (text: string) => string;

const unpainted: Paint = text => text;

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
    const line = cutText(text, this.#columns - 1);
    if (line !== this.#shown) {
      this.#shown = line;
      this.#output.write(`${CLEAR}${paint(line)}`);
    }
  }

  /** Writes a line that stays, cut to the terminal's width. */
  print(text: string, paint: Paint = unpainted): void {
    const line = cutText(text, this.#columns);
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
