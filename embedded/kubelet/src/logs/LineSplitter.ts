import { StringDecoder } from 'node:string_decoder';

export interface Piece {
  readonly text: string;
  readonly partial: boolean;
}

/** Longest piece of a line, in characters; CRI runtimes split at 16 KiB. */
const LONGEST = 16 * 1024;

/**
 * Cuts a process's output into lines. What is left without a line end waits for
 * {@link flush}, so that progress bars and prompts show although their line has
 * not ended.
 */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  /** Whether a part of a line waits. */
  get pending(): boolean {
    return this.#rest.length > 0;
  }

  push(chunk: Buffer): Piece[] {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = lines.pop() ?? '';
    const pieces = lines.flatMap(line => [...cut(line, false)]);
    if (this.#rest.length > LONGEST) {
      const parts = [...cut(this.#rest, true)];
      this.#rest = parts.pop()?.text ?? '';
      pieces.push(...parts);
    }
    return pieces;
  }

  /** The waiting part of a line, if there is one. */
  flush(): Piece[] {
    const text = this.#rest;
    this.#rest = '';
    return text ? [{ text, partial: true }] : [];
  }

  /** Everything that is left at the end of the output. */
  end(): Piece[] {
    this.#rest += this.#decoder.end();
    return this.flush();
  }
}

function* cut(line: string, partial: boolean): Generator<Piece> {
  let from = 0;
  for (; line.length - from > LONGEST; from += LONGEST) {
    yield { text: line.slice(from, from + LONGEST), partial: true };
  }
  yield { text: line.slice(from), partial };
}
