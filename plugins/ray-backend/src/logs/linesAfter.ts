import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';
import type { LogCursor } from '@ml-platform/kube';

type Place = Pick<LogCursor, 'time' | 'count'>;

function isAfter(a: Place, b: Place): boolean {
  return a.time === b.time ? a.count > b.count : a.time > b.time;
}

/**
 * The lines of a batch that come after a place in the same log.
 *
 * @param end - the place after the batch's last line
 * @param start - the place before its first line, where it is known
 */
export function linesAfter(
  lines: readonly LogLine[],
  end: LogCursor,
  start: LogCursor | undefined,
  after: LogCursor,
): readonly LogLine[] {
  if (end.podUid !== after.podUid || end.restartCount > after.restartCount) {
    return lines;
  }
  if (end.restartCount < after.restartCount || !isAfter(end, after)) {
    return [];
  }
  // A source without times numbers its lines.
  let place: Place =
    end.time === ''
      ? { time: '', count: end.count - lines.length }
      : { time: start?.time ?? '', count: start?.count ?? 0 };
  return lines.filter(line => {
    const time = line.time ?? place.time;
    place = { time, count: time === place.time ? place.count + 1 : 1 };
    return isAfter(place, after);
  });
}
