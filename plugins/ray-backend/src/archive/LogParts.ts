import { pipeline, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { createGunzip, gunzip, gzip } from 'node:zlib';
import { NotFoundError } from '@backstage/errors';
import type {
  LogArchive,
  LogArchiveKey,
} from '@ml-platform/backstage-plugin-ray-node';
import { LogLostError } from '../logs/logErrors';
import { ArchiveIndexer } from './ArchiveIndexer';
import {
  readArchiveIndex,
  type ArchivedChunk,
  type ArchiveIndex,
} from './archiveIndex';
import { onlyLines, parseArchiveLine, type ArchivedLine } from './archiveText';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

const BYTES = { objectMode: false };
/** Parts that are fetched ahead of a reader. */
const AHEAD = 4;

/**
 * One log in an archive. While it is being written it consists of parts, each of
 * which is written once and never replaced: of two writers only one can add
 * the next part. When it has ended, the parts become one.
 */
export class LogParts {
  readonly #archive: LogArchive;
  readonly #key: LogArchiveKey;

  constructor(archive: LogArchive, key: LogArchiveKey) {
    this.#archive = archive;
    this.#key = key;
  }

  /**
   * Adds a part.
   * @throws {ConflictError} when another backend has written this part
   */
  async add(part: number, text: string): Promise<void> {
    const packed = await pack(text);
    await this.#archive.write(
      { ...this.#key, part },
      Readable.from([packed], BYTES),
      { ifAbsent: true },
    );
  }

  /** Number of the last part that is there; 0 for none. */
  async count(): Promise<number> {
    let [low, high] = [0, 1];
    while (await this.#has(high)) {
      [low, high] = [high, 2 * high];
    }
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (await this.#has(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Makes one of the parts, and removes them.
   * @throws {NotFoundError} when a part is not there
   */
  async merge(count: number): Promise<void> {
    const indexer = new ArchiveIndexer();
    async function* indexed(parts: AsyncIterable<Buffer>) {
      for await (const part of parts) {
        indexer.add(String(await unpack(part)), part.length);
        yield part;
      }
    }
    // Logs in gzip, one after the other, are one log in gzip.
    const packed = Readable.from(indexed(this.#parts(count)), BYTES);
    await this.#archive.write(this.#key, packed);
    const index = await pack(JSON.stringify(indexer.finish()));
    await this.#archive.write(
      { ...this.#key, part: 'index' },
      Readable.from([index], BYTES),
    );
    await this.removeParts(count);
  }

  /** Removes all that there is of the log. */
  async remove(): Promise<void> {
    await this.removeParts(await this.count());
    await this.#archive.delete({ ...this.#key, part: 'index' });
    await this.#archive.delete(this.#key);
  }

  /** Which lines are where in the log; `undefined` where nobody has noted it. */
  async index(): Promise<ArchiveIndex | undefined> {
    const packed = await this.#part('index');
    return packed && readArchiveIndex(String(await unpack(packed)));
  }

  /**
   * The lines of a chunk, each as {@link archiveLine} wrote it.
   * @throws {LogLostError} when the log is no longer there
   */
  async textOf({
    offset,
    length,
    skip,
    lines,
  }: Pick<
    ArchivedChunk,
    'offset' | 'length' | 'skip' | 'lines'
  >): Promise<string> {
    const packed = await this.#archive.read(this.#key, { offset, length });
    if (!packed) {
      throw new LogLostError(
        `The log is no longer in ${this.#archive.name}; it was kept as long as the portal's configuration says`,
      );
    }
    const text = String(await unpack(await buffer(packed)));
    return onlyLines(text, skip, lines);
  }

  /** From the last one on: a part is found by those before it. */
  async removeParts(count: number): Promise<void> {
    for (let part = count; part > 0; part -= 1) {
      await this.#archive.delete({ ...this.#key, part });
    }
  }

  /** True once the parts have become one. */
  isMerged(): Promise<boolean> {
    return this.#has(undefined);
  }

  /**
   * All lines that are there; `undefined` for a log that is not.
   * @throws what the archive fails with
   */
  async lines(): Promise<AsyncGenerator<ArchivedLine> | undefined> {
    const whole = await this.#archive.read(this.#key);
    if (whole) {
      return linesOf(whole);
    }
    const parts = this.#parts();
    const first = await parts.next();
    return first.done ? undefined : this.#linesOf(chain(first.value, parts));
  }

  /** The lines of parts, and where these become one meanwhile, the rest from that. */
  async *#linesOf(parts: AsyncIterable<Buffer>): AsyncGenerator<ArchivedLine> {
    let count = 0;
    try {
      for await (const line of linesOf(Readable.from(parts, BYTES))) {
        count += 1;
        yield line;
      }
    } catch (error) {
      const whole =
        error instanceof NotFoundError && (await this.#archive.read(this.#key));
      if (!whole) {
        throw error;
      }
      for await (const line of linesOf(whole)) {
        count -= 1;
        if (count < 0) {
          yield line;
        }
      }
    }
  }

  /** Whether a part is there, or the whole log. */
  async #has(part: number | undefined): Promise<boolean> {
    const packed = await this.#archive.read({ ...this.#key, part });
    packed?.destroy();
    return packed !== undefined;
  }

  async #part(part: number | 'index'): Promise<Buffer | undefined> {
    const packed = await this.#archive.read({ ...this.#key, part });
    return packed && buffer(packed);
  }

  /**
   * The parts, as many as are said or as there are.
   * @throws {NotFoundError} when one is no longer there
   */
  async *#parts(count = Infinity): AsyncGenerator<Buffer> {
    const ahead: Promise<Buffer | undefined>[] = [];
    let asked = 0;
    const ask = () => {
      while (ahead.length < AHEAD && asked < count) {
        asked += 1;
        const part = this.#part(asked);
        // Whoever takes it is told of its failure.
        part.catch(() => {});
        ahead.push(part);
      }
    };
    ask();
    for (let part = 1; part <= count; part += 1) {
      const packed = await ahead.shift();
      if (packed) {
        ask();
        yield packed;
      } else if (count < Infinity || (await this.isMerged())) {
        throw new NotFoundError(
          `Part ${part} of the log is no longer in ${this.#archive.name}; read the log again`,
        );
      } else {
        return;
      }
    }
  }
}

async function* chain<Item>(first: Item, more: AsyncIterable<Item>) {
  yield first;
  yield* more;
}

async function* linesOf(packed: Readable): AsyncGenerator<ArchivedLine> {
  // Errors come out of the unpacked stream, where they are awaited.
  const text = pipeline(packed, createGunzip(), () => {});
  let rest = '';
  for await (const chunk of text.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.map(parseArchiveLine);
  }
}
