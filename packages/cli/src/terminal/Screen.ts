import type { Io } from './Io';

const CLEAR_LINE = '\u001b[K';
const CLEAR_REST = '\u001b[J';
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const up = (lines: number) => (lines > 0 ? `\u001b[${lines}A` : '');

/**
 * Text on a terminal that is drawn again in its place. What doesn't fit below is
 * left out, because a terminal can't go back to what it has scrolled away.
 */
export class Screen {
  readonly #io: Io;
  #drawn = 0;
  #last = '';

  constructor(io: Io) {
    this.#io = io;
  }

  /** @param text - whole lines, none wider than the terminal */
  draw(text: string): void {
    const { stdout } = this.#io;
    if (text === this.#last) {
      return;
    }
    this.#last = text;
    const lines = text.trimEnd().split('\n');
    const rows = stdout.rows ?? 24;
    const shown =
      lines.length < rows
        ? lines
        : [
            ...lines.slice(0, rows - 2),
            `… and ${lines.length - rows + 2} more`,
          ];
    stdout.write(
      `${HIDE_CURSOR}${up(this.#drawn)}\r${shown
        .map(line => `${line}${CLEAR_LINE}\n`)
        .join('')}${CLEAR_REST}`,
    );
    this.#drawn = shown.length;
  }

  /** Leaves what was drawn last. */
  end(): void {
    if (this.#last) {
      this.#io.stdout.write(SHOW_CURSOR);
    }
  }
}
