import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { LRUCache } from 'lru-cache';
import type { LogChunk } from './LogIndex';
import { LogSpool, type LogSpoolOptions } from './LogSpool';

const pack = promisify(deflateRaw);
const unpack = promisify(inflateRaw);

/** Characters of text after which a chunk is full. */
export const FULL = 256 * 1024;
/** Bytes that are packed and unpacked in one go; most chunks are smaller. */
const PIECE = FULL + FULL / 4;

/** Chunks that were unpacked lately; their size is counted in characters. */
export type UnpackedChunks = Pick<LRUCache<object, string>, 'get' | 'set'>;

export interface ChunkStoreOptions extends LogSpoolOptions {
  readonly unpacked: UnpackedChunks;
}

/** Packs the chunks of a log on disk, and unpacks them. */
export class ChunkStore {
  readonly #unpacked: UnpackedChunks;
  readonly #spool: LogSpool;

  constructor(options: ChunkStoreOptions) {
    this.#unpacked = options.unpacked;
    this.#spool = new LogSpool(options);
  }

  /** Bytes on disk. */
  get bytes(): number {
    return this.#spool.bytes;
  }

  /**
   * Moves a chunk to the disk, after another one.
   * @throws what the disk fails with
   */
  async write(chunk: LogChunk, before?: Promise<void>): Promise<void> {
    const packed = await pack(chunk.text ?? '', { level: 1, chunkSize: PIECE });
    await before;
    chunk.place = await this.#spool.write(packed);
    chunk.text = undefined;
  }

  /**
   * @throws {LogLostError} when the chunk is no longer kept
   * @throws what its text fails to be loaded with
   */
  async textOf(chunk: LogChunk): Promise<string> {
    const known = chunk.text ?? this.#unpacked.get(chunk);
    if (known !== undefined) {
      return known;
    }
    const text = await this.#read(chunk);
    this.#unpacked.set(chunk, text);
    return text;
  }

  /**
   * Frees the oldest file, unless it is the one that is written to.
   * @returns the file that is gone, if any
   */
  dropOldest(): FileHandle | undefined {
    return this.#spool.dropOldest();
  }

  /** Frees everything. */
  close(): void {
    this.#spool.close();
  }

  async #read({ place, load }: LogChunk): Promise<string> {
    if (!place) {
      return (await load?.()) ?? '';
    }
    const packed = await this.#spool.read(place);
    return String(await unpack(packed, { chunkSize: PIECE }));
  }
}
