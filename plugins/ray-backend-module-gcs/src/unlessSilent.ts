import { Readable } from 'node:stream';
import { ServiceUnavailableError } from '@backstage/errors';

/**
 * The same stream, which fails when it is waited for too long. Only the source's
 * silence counts, not the time that the reader takes. The storage library waits for
 * ever on a download whose connection broke.
 *
 * @param ms - milliseconds
 */
export function unlessSilent(source: Readable, ms: number): Readable {
  const read = async function* read() {
    const chunks = source.iterator({ destroyOnReturn: false });
    try {
      let next = await within(chunks.next(), ms);
      while (!next.done) {
        yield next.value;
        next = await within(chunks.next(), ms);
      }
    } finally {
      source.destroy();
    }
  };
  return Readable.from(read(), { objectMode: false });
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new ServiceUnavailableError(
            `The download was silent for ${ms / 1000} s; read it again`,
          ),
        ),
      ms,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
