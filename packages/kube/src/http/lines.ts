import type { Readable } from 'node:stream';
import { BegunLine } from './BegunLine';

/** Longest line of a stream whose lines must be whole, in bytes. */
const MAX_LINE = 16 * 1024 * 1024;

/** Bytes of a log's line that are kept; the line says how many come after them. */
export const LONGEST_LOG_LINE = 1024 * 1024;

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
  /**
   * Bytes of a line that are kept; the line says how many come after them. Where absent,
   * a line of more than 16 MiB breaks the stream.
   */
  readonly longest?: number;
}

const LINE_END = 10;

/**
 * The text of a stream in pieces of whole lines, as they came. What comes after
 * the last line end is not given out: a connection that breaks in the middle of
 * a line must not pass for a line. It is the return value instead.
 *
 * @throws {IdleError} after silence; StreamBrokenError when the connection breaks
 */
export async function* readWholeLines(
  stream: Readable,
  options: LinesOptions,
): AsyncGenerator<string, string> {
  const { longest } = options;
  const line = new BegunLine(longest ?? Infinity);
  let length = 0;
  const arm = () =>
    setTimeout(
      () => stream.destroy(new IdleError('No data for too long')),
      options.idleMs(),
    );
  let idle = arm();
  try {
    for await (const data of stream) {
      // Only the stream's silence counts, not the time that the reader takes.
      clearTimeout(idle);
      const chunk: Buffer = data;
      const end = chunk.lastIndexOf(LINE_END) + 1;
      if (end > 0) {
        // No character reaches over a line end, so each part decodes alone, and
        // only the line that began in an earlier chunk has to be copied.
        const begun = line.isEmpty ? 0 : chunk.indexOf(LINE_END);
        line.push(chunk.subarray(0, begun));
        yield line.take() + chunk.toString('utf8', begun, end);
        length = 0;
      }
      line.push(chunk.subarray(end));
      length += chunk.length - end;
      if (longest === undefined && length > MAX_LINE) {
        throw new Error(`A line is longer than ${MAX_LINE} bytes`);
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
  return line.take();
}

/** The lines of {@link readWholeLines}, in the batches that they came in. */
export async function* readLines(
  stream: Readable,
  options: LinesOptions,
): AsyncGenerator<string[], string> {
  const pieces = readWholeLines(stream, options);
  let next = await pieces.next();
  try {
    for (; !next.done; next = await pieces.next()) {
      yield next.value.slice(0, -1).split('\n');
    }
  } finally {
    await pieces.return('');
  }
  return next.value;
}
