import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ConflictError, isError } from '@backstage/errors';
import {
  logArchivePath,
  type ByteRange,
  type LogArchive,
  type LogArchiveKey,
} from '@ml-platform/backstage-plugin-ray-node';

/** Ends the names of files that are not complete. */
const UNFINISHED = '.tmp';

/** Keeps logs in a folder, one file for each log or part. */
export class DirectoryArchive implements LogArchive {
  readonly name: string;
  readonly #folder: string;

  constructor(folder: string) {
    this.name = `the folder ${folder}`;
    this.#folder = folder;
  }

  async write(
    key: LogArchiveKey,
    body: Readable,
    { ifAbsent = false }: { readonly ifAbsent?: boolean } = {},
  ): Promise<void> {
    const path = this.#path(key);
    const unfinished = `${path}.${randomUUID()}${UNFINISHED}`;
    await mkdir(dirname(path), { recursive: true });
    if (!ifAbsent) {
      await this.#removeUnfinished(path);
    }
    try {
      await pipeline(body, createWriteStream(unfinished));
      if (ifAbsent) {
        await this.#linkNew(unfinished, path);
      } else {
        await rename(unfinished, path);
      }
    } finally {
      await rm(unfinished, { force: true });
    }
  }

  async read(
    key: LogArchiveKey,
    range?: ByteRange,
  ): Promise<Readable | undefined> {
    const path = this.#path(key);
    try {
      await access(path);
    } catch {
      return undefined;
    }
    const bytes = range && {
      start: range.offset,
      end: range.offset + range.length - 1,
    };
    return createReadStream(path, bytes);
  }

  async delete(key: LogArchiveKey): Promise<void> {
    const path = this.#path(key);
    await rm(path, { force: true });
    await this.#removeUnfinished(path);
  }

  /** Gives a file its name, which no other file may have. */
  async #linkNew(file: string, path: string): Promise<void> {
    try {
      await link(file, path);
    } catch (error) {
      throw isError(error) && error.code === 'EEXIST'
        ? new ConflictError(
            `Another backend has written the same log to ${this.name}; nothing was replaced`,
          )
        : error;
    }
  }

  /** Removes what a writer left when it was killed. */
  async #removeUnfinished(path: string): Promise<void> {
    const folder = dirname(path);
    const begin = `${basename(path)}.`;
    const names = await readdir(folder).catch(() => []);
    const left = names.filter(
      name => name.startsWith(begin) && name.endsWith(UNFINISHED),
    );
    await Promise.all(
      left.map(name => rm(join(folder, name), { force: true })),
    );
  }

  #path(key: LogArchiveKey): string {
    return join(this.#folder, logArchivePath(key));
  }
}
