/** Characters of one line; what is longer comes in pieces, as lines of their own. */
const MOST = 64 * 1024;

/** Turns pieces of a log into whole lines, wherever the pieces were cut. */
export class LogLines {
  readonly #decoder = new TextDecoder();
  #rest = '';

  /** The lines that a piece completes. */
  push(bytes: Uint8Array): string[] {
    const lines = (
      this.#rest + this.#decoder.decode(bytes, { stream: true })
    ).split('\n');
    const [rest = '', ...full] = inPieces(
      openState(lines.pop() ?? ''),
    ).reverse();
    this.#rest = rest;
    return [...lines.map(lastState).flatMap(inPieces), ...full.reverse()];
  }

  /** The last line, where it has no line end. */
  end(): string[] {
    const rest = this.#rest + this.#decoder.decode();
    this.#rest = '';
    return rest ? [lastState(rest)] : [];
  }
}

/** Where a line ends that may have returns before its line end. */
function endOf(line: string): number {
  let end = line.length;
  while (end > 0 && line[end - 1] === '\r') end -= 1;
  return end;
}

/** What a line that goes on has come to; a return at its end may be part of a line end. */
function openState(line: string): string {
  const end = endOf(line);
  return end === 0 ? line : line.slice(line.lastIndexOf('\r', end - 1) + 1);
}

// A progress bar draws over its line; a log keeps what it came to.
function lastState(line: string): string {
  return openState(line.slice(0, endOf(line)));
}

function inPieces(line: string): string[] {
  return Array.from(
    { length: Math.ceil(line.length / MOST) || 1 },
    (_, piece) => line.slice(piece * MOST, (piece + 1) * MOST),
  );
}
