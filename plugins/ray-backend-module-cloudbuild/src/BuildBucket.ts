import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import {
  isError,
  NotAllowedError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import type { Bucket } from '@google-cloud/storage';

const statusOf = (error: unknown): number =>
  isError(error) && 'code' in error ? Number(error.code) : 0;

function bucketError(bucket: Bucket, error: unknown): Error {
  const said = isError(error) ? error.message : String(error);
  return statusOf(error) === 403
    ? new NotAllowedError(
        `The portal may not use the bucket ${bucket.name}: ${said}. Give its identity roles/storage.objectUser there`,
      )
    : new ServiceUnavailableError(
        `The bucket ${bucket.name} doesn't answer: ${said}`,
        toError(error),
      );
}

/** The bucket with the contexts and the logs of builds. */
export class BuildBucket {
  readonly #bucket: Bucket;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  /** Puts a context there, packed; one of that name has the same content. */
  async put(name: string, contextFile: string): Promise<void> {
    try {
      await pipeline(
        createReadStream(contextFile),
        createGzip(),
        this.#bucket.file(name).createWriteStream({
          resumable: false,
          contentType: 'application/gzip',
          preconditionOpts: { ifGenerationMatch: 0 },
        }),
      );
    } catch (error) {
      if (statusOf(error) !== 412) throw bucketError(this.#bucket, error);
    }
  }

  /** An object from a byte on; empty where nothing of it is there yet. */
  async read(name: string, offset: number): Promise<Buffer> {
    try {
      return await buffer(
        this.#bucket
          .file(name)
          .createReadStream({ start: offset, validation: false }),
      );
    } catch (error) {
      if ([404, 416].includes(statusOf(error))) return Buffer.alloc(0);
      throw bucketError(this.#bucket, error);
    }
  }
}
