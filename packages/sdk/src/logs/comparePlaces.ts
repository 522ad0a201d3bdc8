import type { LogLine, PodLogCursor } from '@ml-platform/kube';
import type { LogCursor } from './logCursor';

/** What two places in the same log are compared by. */
interface Order {
  readonly log: string;
  /** Restart of the container, or attempt of the job. */
  readonly part?: number;
  readonly time?: string;
  readonly count?: number;
}

function podOrder(place: PodLogCursor): Order {
  const { podUid, container, restartCount, time, count } = place;
  return { log: `${podUid}/${container}`, part: restartCount, time, count };
}

function orderOf(cursor: LogCursor): Order {
  switch (cursor.kind) {
    case 'container':
      return podOrder(cursor);
    case 'driver':
      return typeof cursor.place === 'number'
        ? { log: cursor.run, count: cursor.place }
        : podOrder(cursor.place);
    case 'archive':
      return { log: '', part: cursor.attempt, count: cursor.lines };
    case 'merged':
      return { log: '', time: cursor.time, count: cursor.count };
    default:
      return { log: cursor.text };
  }
}

/** True for two places that can be compared. */
export function isSameLog(a: LogCursor, b: LogCursor): boolean {
  return a.kind === b.kind && orderOf(a).log === orderOf(b).log;
}

/** True for two cursors of the same place. */
export function isSamePlace(a: LogCursor, b: LogCursor): boolean {
  const [first, second] = [orderOf(a), orderOf(b)];
  return (
    isSameLog(a, b) &&
    first.part === second.part &&
    first.time === second.time &&
    first.count === second.count
  );
}

type Place = Required<Pick<Order, 'time' | 'count'>>;

function isAfter(a: Place, b: Place): boolean {
  return a.time === b.time ? a.count > b.count : a.time > b.time;
}

/**
 * The lines of a batch that come after a place in the same log; all of them
 * where the place is in another log.
 *
 * @param batch.end - the place after the batch's last line
 * @param batch.start - the place before its first line, where it is known
 */
export function linesAfter(
  batch: {
    readonly lines: readonly LogLine[];
    readonly end: LogCursor;
    readonly start?: LogCursor;
  },
  cursor: LogCursor,
): readonly LogLine[] {
  const { lines } = batch;
  const end = orderOf(batch.end);
  const after = orderOf(cursor);
  const [endPart, afterPart] = [end.part ?? 0, after.part ?? 0];
  if (
    batch.end.kind !== cursor.kind ||
    end.log !== after.log ||
    endPart > afterPart
  ) {
    return lines;
  }
  const last = { time: '', count: 0, ...after };
  if (endPart < afterPart || !isAfter({ time: '', count: 0, ...end }, last)) {
    return [];
  }
  // A source without times numbers its lines.
  let place: Place =
    end.time === undefined
      ? { time: '', count: (end.count ?? 0) - lines.length }
      : { time: '', count: 0, ...(batch.start && orderOf(batch.start)) };
  return lines.filter(({ time = place.time }) => {
    place = { time, count: time === place.time ? place.count + 1 : 1 };
    return isAfter(place, last);
  });
}
