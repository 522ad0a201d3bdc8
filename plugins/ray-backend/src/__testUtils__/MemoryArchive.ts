import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { ConflictError } from '@backstage/errors';
import {
  logArchivePath,
  type ByteRange,
  type LogArchive,
  type LogArchiveKey,
} from '@ml-platform/backstage-plugin-ray-node';

/** An archive in memory. */
export class MemoryArchive implements LogArchive {
  readonly name = 'the memory';
  readonly files = new Map<string, Buffer>();

  /** The text of a log or a part. */
  text(key: LogArchiveKey): string {
    const file = this.files.get(logArchivePath(key));
    return file ? gunzipSync(file).toString() : '';
  }

  async write(
    key: LogArchiveKey,
    body: Readable,
    options: { readonly ifAbsent?: boolean } = {},
  ): Promise<void> {
    const packed = await buffer(body);
    const path = logArchivePath(key);
    if (options.ifAbsent && this.files.has(path)) {
      throw new ConflictError(`${path} is there`);
    }
    this.files.set(path, packed);
  }

  async read(
    key: LogArchiveKey,
    { offset, length }: ByteRange = { offset: 0, length: Infinity },
  ): Promise<Readable | undefined> {
    const file = this.files.get(logArchivePath(key));
    const bytes = file?.subarray(offset, offset + length);
    return bytes && Readable.from([bytes], { objectMode: false });
  }

  async delete(key: LogArchiveKey): Promise<void> {
    this.files.delete(logArchivePath(key));
  }
}
