import type { SpoolPlace } from './LogSpool';

/** Lines with consecutive numbers that are kept together. */
export interface LogChunk {
  /** Number of its first line. */
  readonly first: number;
  readonly lines: number;
  /** Number of the first of the equal lines that its first line is one of. */
  readonly firstRun: number;
  /** The latest time of any line up to its end; empty where none has a time. */
  readonly latest: string;
  /** Its text, until it is on disk. */
  text?: string;
  place?: SpoolPlace;
  /** Reads its text, where that is neither here nor on disk. */
  readonly load?: () => Promise<string>;
}

/** Index of the first item that passes, where all after it pass too. */
function firstThat<Item>(
  items: readonly Item[],
  passes: (item: Item) => boolean,
): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (passes(items[middle])) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/** Which chunk has which lines, by their numbers and by time. */
export class LogIndex {
  readonly #chunks: LogChunk[] = [];

  get last(): LogChunk | undefined {
    return this.#chunks.at(-1);
  }

  get first(): LogChunk | undefined {
    return this.#chunks[0];
  }

  add(chunk: LogChunk): void {
    this.#chunks.push(chunk);
  }

  /** The chunk with the first line that has this number or a later one. */
  at(line: number): LogChunk | undefined {
    return this.#chunks[
      firstThat(this.#chunks, ({ first, lines }) => first + lines > line)
    ];
  }

  /** The chunk with the first line of this time or a later one. */
  since(time: string): LogChunk | undefined {
    return this.#chunks[firstThat(this.#chunks, chunk => chunk.latest >= time)];
  }

  /** The last chunk that begins with one of some equal lines, or before them. */
  lastOf(firstRun: number): LogChunk | undefined {
    return this.#chunks[
      firstThat(this.#chunks, chunk => chunk.firstRun > firstRun) - 1
    ];
  }

  /** Forgets the chunks at the beginning that pass. */
  dropWhile(passes: (chunk: LogChunk) => boolean): void {
    const kept = this.#chunks.findIndex(chunk => !passes(chunk));
    this.#chunks.splice(0, kept < 0 ? this.#chunks.length : kept);
  }
}
