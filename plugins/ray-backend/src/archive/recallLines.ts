import {
  beginsAnew,
  decodeLogCursor,
  ReadLines,
  type DriverCursor,
  type RecalledLines,
} from '@ml-platform/sdk';
import type { ArchivedLine } from './archiveText';
import { ReachedPlace } from './ReachedPlace';

/**
 * What an archived attempt has up to a place in its live log; `undefined` where
 * it has nothing, or is of another run.
 */
export async function recallLines(
  lines: AsyncIterable<ArchivedLine>,
  attempt: number,
  cursor: DriverCursor,
): Promise<RecalledLines | undefined> {
  const { run, place } = cursor;
  if (typeof place === 'number') {
    return undefined;
  }
  const reached = new ReachedPlace(cursor, attempt);
  let read = new ReadLines();
  /** Lines of the time of the place. */
  let same = 0;
  for await (const archived of lines) {
    if (archived.kind === 'place') {
      const known = decodeLogCursor(archived.cursor).cursor;
      if (known.kind === 'driver' && known.run !== run) {
        return undefined;
      }
    } else if (archived.kind === 'gap') {
      const isEarlier = !reached.isPast && beginsAnew(archived.reason);
      read = isEarlier ? new ReadLines() : read;
    } else if (!reached.takes(archived)) {
      read.push([archived]);
      same += archived.time === place.time ? 1 : 0;
    }
  }
  return read.count > 0 ? { read, reaches: same >= place.count } : undefined;
}
