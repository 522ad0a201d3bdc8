import { InputError } from '@backstage/errors';

/**
 * A place in the log of one container: everything up to and including it has
 * been read. Kubernetes numbers no lines, so the place is a time and how many
 * lines of exactly that time were read.
 */
export interface LogCursor {
  readonly podUid: string;
  readonly container: string;
  /** Number of the container's restarts when it wrote the line. */
  readonly restartCount: number;
  /** RFC 3339 in UTC with nine digits of fraction; empty before the first line. */
  readonly time: string;
  /** Lines of that time that were read, from 1. */
  readonly count: number;
}

/** The cursor as text that fits a URL and an SSE `id:`. */
export function encodeLogCursor(cursor: LogCursor): string {
  return [
    cursor.podUid,
    cursor.container,
    cursor.restartCount,
    cursor.time,
    cursor.count,
  ].join('~');
}

/**
 * The cursor that {@link encodeLogCursor} wrote.
 * @throws InputError when the text is none
 */
export function decodeLogCursor(text: string): LogCursor {
  const [podUid, container, restarts, time, count, ...more] = text.split('~');
  const restartCount = Number(restarts);
  const lines = Number(count);
  if (
    !podUid ||
    !container ||
    more.length > 0 ||
    !Number.isInteger(restartCount) ||
    !Number.isInteger(lines) ||
    (time && Number.isNaN(Date.parse(time)))
  ) {
    throw new InputError(
      'The cursor of the log is damaged; read the log again without it',
    );
  }
  return { podUid, container, restartCount, time, count: lines };
}
