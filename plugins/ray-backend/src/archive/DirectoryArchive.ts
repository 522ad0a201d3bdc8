import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  logArchivePath,
  type LogArchive,
  type LogArchiveKey,
} from '@ml-platform/backstage-plugin-ray-node';

/** Keeps logs below a folder, a file each. */
export class DirectoryArchive implements LogArchive {
  readonly name: string;

  constructor(private readonly folder: string) {
    this.name = `the folder ${folder}`;
  }

  async write(key: LogArchiveKey, body: Readable): Promise<void> {
    const path = this.path(key);
    const part = `${path}.${randomUUID()}.part`;
    await mkdir(dirname(path), { recursive: true });
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
    await rm(this.path(key), { force: true });
  }

  private path(key: LogArchiveKey): string {
    return join(this.folder, logArchivePath(key));
  }
}
