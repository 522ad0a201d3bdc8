import { isError } from '@backstage/errors';
import { appendFileSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import writeFileAtomic from 'write-file-atomic';
import { buildSchema } from './Build';

const recordSchema = z.object({
  build: buildSchema,
  /** Path of the Dockerfile in the context. */
  dockerfile: z.string(),
  /** Labels of the image. */
  labels: z.record(z.string(), z.string()).optional(),
});

/** What has to be kept to continue a build after a restart. */
export type BuildRecord = Readonly<z.infer<typeof recordSchema>>;

/** A piece of a log, and the offset after it in bytes. */
export interface LogPiece {
  readonly content: Buffer;
  readonly nextOffset: number;
}

const MAX_PIECE_BYTES = 1024 ** 2;

/** The folder of one build: `build.json`, `log`, and `context/` until it ends. */
export class BuildFolder {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  get contextDir(): string {
    return join(this.#dir, 'context');
  }

  get workDir(): string {
    return join(this.#dir, 'work');
  }

  /** The record; undefined where there is none that can be read. */
  async read(): Promise<BuildRecord | undefined> {
    const text = await readFile(join(this.#dir, 'build.json'), 'utf8').catch(
      error => {
        if (
          ['ENOENT', 'ENOTDIR'].includes(String(isError(error) && error.code))
        )
          return 'null';
        throw error;
      },
    );
    return recordSchema.safeParse(JSON.parse(text)).data;
  }

  async write(record: BuildRecord): Promise<void> {
    await mkdir(this.#dir, { recursive: true });
    await writeFileAtomic(
      join(this.#dir, 'build.json'),
      `${JSON.stringify(record, null, 2)}\n`,
    );
  }

  /** Moves an unpacked context in; what was there before goes. */
  async takeContext(dir: string): Promise<void> {
    await mkdir(this.#dir, { recursive: true });
    await this.clean();
    await rename(dir, this.contextDir);
  }

  /** Makes the folder for the build's own files, empty. */
  async clearWork(): Promise<void> {
    await rm(this.workDir, { recursive: true, force: true });
    await mkdir(this.workDir, { recursive: true });
  }

  /** Removes everything but the record and the log. */
  async clean(): Promise<void> {
    await Promise.all(
      [this.contextDir, this.workDir].map(dir =>
        rm(dir, { recursive: true, force: true }),
      ),
    );
  }

  /** Written at once, in order; a log is short. */
  appendLog(text: string): void {
    appendFileSync(join(this.#dir, 'log'), text);
  }

  /** The log from this byte on, at most 1 MiB of it. */
  async readLog(offset: number): Promise<LogPiece> {
    let file;
    try {
      file = await open(join(this.#dir, 'log'));
    } catch (error) {
      if (!isError(error) || error.code !== 'ENOENT') throw error;
      return { content: Buffer.alloc(0), nextOffset: 0 };
    }
    try {
      const { size } = await file.stat();
      const start = Math.min(offset, size);
      const buffer = Buffer.alloc(Math.min(size - start, MAX_PIECE_BYTES));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
      return {
        content: buffer.subarray(0, bytesRead),
        nextOffset: start + bytesRead,
      };
    } finally {
      await file.close();
    }
  }
}
