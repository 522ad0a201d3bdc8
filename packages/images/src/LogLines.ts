/** Turns pieces of a log into whole lines, wherever the pieces were cut. */
export class LogLines {
  readonly #decoder = new TextDecoder();
  #rest = '';

  /** The lines that a piece completes. */
  push(bytes: Uint8Array): string[] {
    const lines = (
      this.#rest + this.#decoder.decode(bytes, { stream: true })
    ).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.map(lastState);
  }

  /** The last line, where it has no line end. */
  end(): string[] {
    const rest = this.#rest + this.#decoder.decode();
    this.#rest = '';
    return rest ? [lastState(rest)] : [];
  }
}

// A progress bar draws over its line; a log keeps what it came to.
function lastState(line: string): string {
  const states = line.replace(/\r+$/, '').split('\r');
  return states[states.length - 1];
}
