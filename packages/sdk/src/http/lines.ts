import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Longest line that is kept together, in characters. */
const MAX_LINE = 16 * 1024 * 1024;

/** The stream said nothing for too long: the connection may be dead. */
export class IdleError extends Error {
  name = 'IdleError' as const;
}

/** The connection broke after the answer had begun. */
export class StreamBrokenError extends Error {
  name = 'StreamBrokenError' as const;
}

export interface LinesOptions {
  /**
   * Milliseconds without data after which it throws {@link IdleError}; asked
   * anew after each piece of data.
   */
  readonly idleMs: () => number;
}

/**
 * The complete lines of a stream, in the batches that they came in. What comes
 * after the last line end is not given out: a connection that breaks in the
 * middle of a line must not pass for a line. It is the return value instead.
 *
 * @throws IdleError after silence; StreamBrokenError when the connection breaks
 */
export async function* readLines(
  stream: Readable,
  options: LinesOptions,
): AsyncGenerator<string[], string> {
  const decoder = new StringDecoder('utf8');
  let parts: string[] = [];
  let length = 0;
  const arm = () =>
    setTimeout(
      () => stream.destroy(new IdleError('No data for too long')),
      options.idleMs(),
    );
  let idle = arm();
  try {
    for await (const chunk of stream) {
      // Only the stream's silence counts, not the time that the reader takes.
      clearTimeout(idle);
      const text = decoder.write(chunk);
      const pieces = text.split('\n');
      const rest = pieces.pop() ?? '';
      if (pieces.length > 0) {
        pieces[0] = parts.join('') + pieces[0];
        parts = [];
        length = 0;
        yield pieces;
      }
      parts.push(rest);
      length += rest.length;
      if (length > MAX_LINE) {
        throw new Error(`A line is longer than ${MAX_LINE} characters`);
      }
      idle = arm();
    }
  } catch (error) {
    throw error instanceof IdleError
      ? error
      : new StreamBrokenError(
          `The connection broke: ${
            error instanceof Error ? error.message : String(error)
          }`,
        );
  } finally {
    clearTimeout(idle);
    stream.destroy();
  }
  parts.push(decoder.end());
  return parts.join('');
}
