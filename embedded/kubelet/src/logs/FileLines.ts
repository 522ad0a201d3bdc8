import type { FileHandle } from 'node:fs/promises';

const CHUNK = 64 * 1024;

/** Whole lines of a file from a position on; a later read continues there. */
export class FileLines {
  readonly #buffer = Buffer.alloc(CHUNK);
  #rest = Buffer.alloc(0);

  #file: FileHandle;
  #position: number;

  constructor(file: FileHandle, position: number) {
    this.#file = file;
    this.#position = position;
  }

  continueWith(file: FileHandle): void {
    this.#file = file;
    this.#position = 0;
  }

  async *read(): AsyncGenerator<string[]> {
    for (;;) {
      const { bytesRead } = await this.#file.read(
        this.#buffer,
        0,
        CHUNK,
        this.#position,
      );
      if (bytesRead === 0) {
        return;
      }
      this.#position += bytesRead;
      const data = Buffer.concat([
        this.#rest,
        this.#buffer.subarray(0, bytesRead),
      ]);
      const end = data.lastIndexOf(0x0a);
      this.#rest = data.subarray(end + 1);
      if (end >= 0) {
        yield data.subarray(0, end).toString('utf8').split('\n');
      }
    }
  }
}
