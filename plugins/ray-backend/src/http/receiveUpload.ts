import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CustomErrorBase } from '@backstage/errors';
import type { Request } from 'express';

/** Backstage answers an error with the status that it carries. */
class PayloadTooLargeError extends CustomErrorBase {
  override name = 'PayloadTooLargeError' as const;
  readonly statusCode = 413;
}

/**
 * Keeps the body of a request in a file for as long as the work with it takes.
 *
 * @param mostBytes - a larger body is refused, before it has come whole
 * @throws {PayloadTooLargeError} for a larger body
 */
export async function receiveUpload<T>(
  request: Request,
  mostBytes: number,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const tooLarge = () =>
    new PayloadTooLargeError(
      `The build context is larger than ${mostBytes / 1024 ** 2} MiB; leave data out with a .dockerignore, and read it from a bucket or a volume`,
    );
  if (Number(request.get('content-length')) > mostBytes) {
    throw tooLarge();
  }
  const folder = await mkdtemp(join(tmpdir(), 'ml-platform-upload-'));
  try {
    const file = join(folder, 'context.tar');
    let bytes = 0;
    await pipeline(
      request,
      async function* limited(chunks) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          if (bytes > mostBytes) throw tooLarge();
          yield chunk;
        }
      },
      createWriteStream(file),
    );
    return await work(file);
  } catch (error) {
    // What is left of a body that was refused would block the connection.
    if (!request.readableEnded) request.res?.set('connection', 'close');
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
