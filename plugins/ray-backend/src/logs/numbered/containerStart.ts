import type { LogCursor } from '@ml-platform/sdk';

/** A container that is started again begins a log of its own. */
export function containerStart(cursor: LogCursor): string | undefined {
  return cursor.kind === 'container'
    ? `${cursor.podUid}/${cursor.restartCount}`
    : undefined;
}
