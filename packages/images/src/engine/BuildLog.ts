import type { ImageBuildLog } from '../ImageBuilder';
import type { EngineLog } from './Engine';

/** Bytes of a log that are kept in memory; of a longer one, the last. */
const MOST_BYTES = 16 * 1024 ** 2;

/** The log of a build that runs in this process. */
export class BuildLog implements EngineLog {
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #dropped = 0;

  line(text: string): void {
    const chunk = Buffer.from(`${text}\n`);
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    while (this.#bytes - this.#dropped > MOST_BYTES) {
      this.#dropped += this.#chunks.shift()?.length ?? 0;
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

  /** What was written from an offset on, in bytes. */
  read(offset: number): ImageBuildLog {
    let start = this.#bytes;
    const chunks: Buffer[] = [];
    for (let i = this.#chunks.length - 1; i >= 0 && start > offset; i -= 1) {
      chunks.unshift(this.#chunks[i]);
      start -= this.#chunks[i].length;
    }
    const bytes = Buffer.concat(chunks).subarray(Math.max(0, offset - start));
    return { bytes, nextOffset: this.#bytes };
  }
}
