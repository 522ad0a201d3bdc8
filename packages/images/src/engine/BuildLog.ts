import type { ImageBuildLog } from '../ImageBuilder';
import type { EngineLog } from './Engine';

/** Bytes of one piece of memory; a log is dropped by whole pieces. */
const BLOCK = 64 * 1024;
/** Bytes of a log that are kept in memory; of a longer one, the last. */
const MOST_BYTES = 4 * 1024 ** 2;

/** The log of a build that runs in this process, or is read by it. */
export class BuildLog implements EngineLog {
  readonly #blocks: Buffer[] = [];
  #bytes = 0;
  #dropped = 0;

  /** Bytes of memory that it takes. */
  get held(): number {
    return this.#blocks.length * BLOCK;
  }

  line(text: string): void {
    let rest = Buffer.from(`${text}\n`);
    while (rest.length > 0) {
      const used = (this.#bytes - this.#dropped) % BLOCK;
      if (used === 0) {
        this.#blocks.push(Buffer.allocUnsafe(BLOCK));
      }
      const copied = rest.copy(this.#blocks[this.#blocks.length - 1], used);
      this.#bytes += copied;
      rest = rest.subarray(copied);
    }
    while (this.held > MOST_BYTES) {
      this.#blocks.shift();
      this.#dropped += BLOCK;
    }
  }

  step(title: string) {
    this.line(`$ ${title}`);
    return {
      line: (text: string) => this.line(text),
      done: () => undefined,
      failed: (reason: string) => this.line(`ERROR: ${reason}`),
    };
  }

  /** What was written from an offset on, in bytes; says so where that is gone. */
  read(offset: number): ImageBuildLog {
    const lost = Math.max(0, this.#dropped - offset);
    const start = Math.max(0, offset - this.#dropped);
    const first = Math.floor(start / BLOCK);
    const kept = this.#bytes - this.#dropped;
    const bytes = Buffer.concat(
      this.#blocks.slice(first),
      Math.max(0, kept - first * BLOCK),
    ).subarray(start - first * BLOCK);
    return {
      bytes: lost
        ? Buffer.concat([
            Buffer.from(`… ${lost} bytes of the log aren't kept any more …\n`),
            bytes,
          ])
        : bytes,
      nextOffset: Math.max(offset, this.#bytes),
    };
  }
}
