import { randomUUID } from 'node:crypto';
import { open, mkdir, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isError, ServiceUnavailableError } from '@backstage/errors';
import { LogLostError } from '../logErrors';

/** Bytes after which a file is full, unless the options say otherwise. */
const FULL = 16 * 1024 * 1024;

/** Where in a spool some bytes are. */
export interface SpoolPlace {
  readonly file: FileHandle;
  readonly offset: number;
  readonly length: number;
}

export interface LogSpoolOptions {
  readonly folder: string;
  /** Bytes after which a file is full; space is freed by whole files. */
  readonly fileBytes?: number;
}

interface SpoolFile {
  readonly handle: FileHandle;
  bytes: number;
}

/**
 * Bytes of one log on disk. Its files have no name once they are open, so
 * nothing is left of them when the process ends, however it ends.
 */
export class LogSpool {
  readonly #options: LogSpoolOptions;
  readonly #files: SpoolFile[] = [];
  #bytes = 0;
  #isClosed = false;

  constructor(options: LogSpoolOptions) {
    this.#options = options;
  }

  /** Bytes on disk. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Appends bytes. Must not be called again before it has resolved.
   * @throws {ServiceUnavailableError} when the disk is full, or can't be written to
   */
  async write(bytes: Uint8Array): Promise<SpoolPlace> {
    try {
      return await this.#append(bytes);
    } catch (error) {
      throw new ServiceUnavailableError(
        `The portal couldn't keep the log in ${this.#options.folder}: ${isError(error) ? error.message : error}. See ray.logs.numbered`,
      );
    }
  }

  /** @throws {LogLostError} when the bytes are no longer kept */
  async read({ file, offset, length }: SpoolPlace): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length);
    const read = await file.read(bytes, 0, length, offset).catch(() => {
      throw new LogLostError(
        'These lines were dropped to make room while they were read; read the log again',
      );
    });
    return bytes.subarray(0, read.bytesRead);
  }

  /**
   * Frees the oldest file, unless it is the one that is written to.
   * @returns the file that is gone, if any
   */
  dropOldest(): FileHandle | undefined {
    const oldest = this.#files.length > 1 ? this.#files.shift() : undefined;
    if (oldest) {
      this.#bytes -= oldest.bytes;
      this.#close(oldest);
    }
    return oldest?.handle;
  }

  /** Frees everything. */
  close(): void {
    this.#isClosed = true;
    this.#bytes = 0;
    this.#files.splice(0).forEach(file => this.#close(file));
  }

  /** What was read of a file by then doesn't matter any more. */
  #close({ handle }: SpoolFile): void {
    handle.close().catch(() => {});
  }

  async #append(bytes: Uint8Array): Promise<SpoolPlace> {
    const file = await this.#writable();
    const { handle, bytes: offset } = file;
    await handle.write(bytes, 0, bytes.length, offset);
    file.bytes += bytes.length;
    this.#bytes += bytes.length;
    return { file: handle, offset, length: bytes.length };
  }

  async #writable(): Promise<SpoolFile> {
    const { folder, fileBytes = FULL } = this.#options;
    const last = this.#files.at(-1);
    if (last && last.bytes < fileBytes) {
      return last;
    }
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${randomUUID()}.log`);
    const handle = await open(path, 'wx+', 0o600);
    await rm(path, { force: true });
    if (this.#isClosed) {
      await handle.close();
      throw new LogLostError('The log is no longer read; read it again');
    }
    const file = { handle, bytes: 0 };
    this.#files.push(file);
    return file;
  }
}
