import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';
import { decodeLogCursor, type DriverCursor } from '@ml-platform/sdk';
import type { LogEvent } from '../logs/logTypes';
import type { ArchivedLine } from './archiveText';

const BATCH = 500;

/**
 * The lines of an attempt that is still being archived. The last piece, which may
 * have no line, comes with the place in the live log that it reaches to.
 *
 * @returns that place; `undefined` where there is none
 */
export async function* archivedBeginning(
  lines: AsyncIterable<ArchivedLine> | Iterable<ArchivedLine>,
  attempt: number,
  signal: AbortSignal,
): AsyncGenerator<LogEvent, DriverCursor | undefined> {
  let place: DriverCursor | undefined;
  let held: LogLine[] = [];
  let count = 0;
  const take = (cursor?: DriverCursor): LogEvent => {
    const event: LogEvent = {
      type: 'lines',
      lines: held,
      cursor: cursor ?? { kind: 'archive', attempt, lines: count },
    };
    held = [];
    return event;
  };
  for await (const archived of lines) {
    if (signal.aborted) {
      return undefined;
    }
    if (archived.kind === 'line') {
      const { kind, ...line } = archived;
      held.push(line);
      count += 1;
      if (held.length >= BATCH) {
        yield take();
      }
    } else if (archived.kind === 'gap') {
      const { kind, ...gap } = archived;
      yield take();
      yield { type: 'gap', ...gap };
    } else {
      const { cursor } = decodeLogCursor(archived.cursor);
      place = cursor.kind === 'driver' ? cursor : place;
      // Also where no line is left: whoever goes on needs the place.
      yield take(place);
    }
  }
  return place;
}
