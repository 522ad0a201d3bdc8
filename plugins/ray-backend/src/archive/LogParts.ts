import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import { NotFoundError } from '@backstage/errors';
import type {
  LogArchive,
  LogArchiveKey,
} from '@ml-platform/backstage-plugin-ray-node';
import { parseArchiveLine, type ArchivedLine } from './archiveText';

const pack = promisify(gzip);

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
      Readable.from([packed], { objectMode: false }),
      { ifAbsent: true },
    );
  }

  /** Number of the last part that is there; 0 for none. */
  async count(): Promise<number> {
    let part = 0;
    for (;;) {
      const packed = await this.#archive.read({ ...this.#key, part: part + 1 });
      if (!packed) {
        return part;
      }
      packed.destroy();
      part += 1;
    }
  }

  /**
   * Makes one of the parts, and removes them.
   * @throws {NotFoundError} when a part is not there
   */
  async merge(count: number): Promise<void> {
    // Logs in gzip, one after the other, are one log in gzip.
    const packed = Readable.from(this.#parts(count), { objectMode: false });
    await this.#archive.write(this.#key, packed);
    await this.removeParts(count);
  }

  /** From the last one on: a part is found by those before it. */
  async removeParts(count: number): Promise<void> {
    for (let part = count; part > 0; part -= 1) {
      await this.#archive.delete({ ...this.#key, part });
    }
  }

  /** True once the parts have become one. */
  async isMerged(): Promise<boolean> {
    const packed = await this.#archive.read(this.#key);
    packed?.destroy();
    return packed !== undefined;
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
    const count = await this.count();
    return count > 0
      ? linesOf(Readable.from(this.#parts(count), { objectMode: false }))
      : undefined;
  }

  async *#parts(count: number): AsyncGenerator<Buffer> {
    for (let part = 1; part <= count; part += 1) {
      const packed = await this.#archive.read({ ...this.#key, part });
      if (!packed) {
        throw new NotFoundError(
          `Part ${part} of the log is no longer in ${this.#archive.name}; read the log again`,
        );
      }
      yield* packed;
    }
  }
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
