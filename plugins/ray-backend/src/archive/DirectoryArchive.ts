import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  logArchivePath,
  type LogArchive,
  type LogArchiveKey,
} from '@ml-platform/backstage-plugin-ray-node';

/** Ends the names of files that are not complete. */
const PART = '.part';

/** Keeps logs below a folder, a file each. */
export class DirectoryArchive implements LogArchive {
  readonly name: string;

  constructor(private readonly folder: string) {
    this.name = `the folder ${folder}`;
  }

  async write(key: LogArchiveKey, body: Readable): Promise<void> {
    const path = this.path(key);
    const part = `${path}.${randomUUID()}${PART}`;
    await mkdir(dirname(path), { recursive: true });
    await this.removeParts(path);
    try {
      await pipeline(body, createWriteStream(part));
      await rename(part, path);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  async read(key: LogArchiveKey): Promise<Readable | undefined> {
    const path = this.path(key);
    try {
      await access(path);
    } catch {
      return undefined;
    }
    return createReadStream(path);
  }

  async delete(key: LogArchiveKey): Promise<void> {
    const path = this.path(key);
    await rm(path, { force: true });
    await this.removeParts(path);
  }

  /** What a writer left that died: one alone writes a log, so it is nobody's now. */
  private async removeParts(path: string): Promise<void> {
    const folder = dirname(path);
    const begin = `${basename(path)}.`;
    const names = await readdir(folder).catch(() => []);
    const parts = names.filter(
      name => name.startsWith(begin) && name.endsWith(PART),
    );
    await Promise.all(
      parts.map(name => rm(join(folder, name), { force: true })),
    );
  }

  private path(key: LogArchiveKey): string {
    return join(this.folder, logArchivePath(key));
  }
}
