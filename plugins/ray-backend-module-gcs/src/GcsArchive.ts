import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import type { Bucket } from '@google-cloud/storage';
import {
  logArchivePath,
  type ByteRange,
  type LogArchive,
  type LogArchiveKey,
} from '@ml-platform/backstage-plugin-ray-node';
import { gcsError, statusOf } from './gcsError';
import { unlessSilent } from './unlessSilent';

/**
 * Bytes that are held of one upload, to send them again after a failure. Few, as
 * the logs of many jobs are uploaded while they are written.
 */
const CHUNK = 1024 * 1024;
/** Milliseconds of silence after which a download counts as broken. */
const SILENCE = 60_000;

export interface GcsArchiveOptions {
  readonly bucket: Bucket;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  /** Multiple of 256 KiB. Default: 1 MiB. */
  readonly chunkBytes?: number;
  /** Default: a minute. */
  readonly silenceMs?: number;
}

/**
 * Keeps logs in a bucket, an object each. An object of Google Cloud Storage is
 * there when its upload is complete, and not before; one that is broken off leaves
 * a session, which the service forgets after a week.
 */
export class GcsArchive implements LogArchive {
  readonly name: string;

  readonly #options: GcsArchiveOptions;

  constructor(options: GcsArchiveOptions) {
    const { bucket, prefix } = options;
    this.#options = options;
    this.name = `the bucket gs://${bucket.name}/${prefix}`;
  }

  async write(
    key: LogArchiveKey,
    body: Readable,
    { ifAbsent = false }: { readonly ifAbsent?: boolean } = {},
  ): Promise<void> {
    let broken = false;
    try {
      // The service takes 0 for an object that is not there.
      const ifGenerationMatch = ifAbsent
        ? 0
        : ((await this.#generation(key)) ?? 0);
      const upload = this.#file(key).createWriteStream({
        chunkSize: this.#options.chunkBytes ?? CHUNK,
        contentType: 'application/gzip',
        validation: 'crc32c',
        // A request that is sent again must not replace what came after it.
        preconditionOpts: { ifGenerationMatch },
      });
      body.once('error', () => {
        // Whichever fails first takes the other with it.
        broken = !upload.errored;
      });
      await pipeline(body, upload);
    } catch (error) {
      body.destroy();
      throw broken ? error : this.#explain(error);
    }
  }

  async read(
    key: LogArchiveKey,
    range?: ByteRange,
  ): Promise<Readable | undefined> {
    try {
      const generation = await this.#generation(key);
      if (generation === undefined) {
        return undefined;
      }
      const packed = this.#file(key, generation).createReadStream({
        // As it was written: gzip, whose own checksum is verified by who unpacks it.
        decompress: false,
        validation: false,
        ...(range && {
          start: range.offset,
          end: range.offset + range.length - 1,
        }),
      });
      return unlessSilent(packed, this.#options.silenceMs ?? SILENCE);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  async delete(key: LogArchiveKey): Promise<void> {
    try {
      await this.#file(key).delete({ ignoreNotFound: true });
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** Which version of the object there is, if any. */
  async #generation(key: LogArchiveKey): Promise<number | string | undefined> {
    try {
      const [metadata] = await this.#file(key).getMetadata();
      return metadata.generation;
    } catch (error) {
      // Of a bucket that is not there the answer is the same; the write tells.
      if (statusOf(error) === 404) {
        return undefined;
      }
      throw error;
    }
  }

  #file(key: LogArchiveKey, generation?: number | string) {
    const { bucket, prefix } = this.#options;
    return bucket.file(prefix + logArchivePath(key), { generation });
  }

  #explain(error: unknown): Error {
    return gcsError(error, `gs://${this.#options.bucket.name}`);
  }
}
