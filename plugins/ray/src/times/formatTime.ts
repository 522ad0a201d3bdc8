import { DateTime } from 'luxon';

function inZone(time: string | undefined, zone: string): DateTime | undefined {
  const result = DateTime.fromISO(time ?? '', { zone });
  return result.isValid ? result : undefined;
}

/** The offset of a time: `UTC` or `UTC+01:00`. */
function offset(time: DateTime): string {
  return time.offset === 0 ? 'UTC' : `UTC${time.toFormat('ZZ')}`;
}

/** The name of a zone with its offset at a time: `Europe/Berlin (UTC+01:00)`. */
export function zoneTitle(zone: string, now: number): string {
  const name = offset(DateTime.fromMillis(now, { zone }));
  return zone === 'UTC' ? zone : `${zone} (${name})`;
}

/** Date and time with the offset: `2025-12-01 13:00:30 UTC+01:00`. */
export function fullTime(
  time: string | undefined,
  zone: string,
): string | undefined {
  const at = inZone(time, zone);
  return at && `${at.toFormat('yyyy-LL-dd HH:mm:ss')} ${offset(at)}`;
}

/** A time of today as `13:00:30`, and others with the date: `2025-12-01 13:00`. */
export function shortTime(
  time: string,
  zone: string,
  now: number,
): string | undefined {
  const at = inZone(time, zone);
  const today = at?.hasSame(DateTime.fromMillis(now, { zone }), 'day');
  return at?.toFormat(today ? 'HH:mm:ss' : 'yyyy-LL-dd HH:mm');
}

/** The time since another one: `+1:02:03.456`. */
export function elapsedTime(
  time: string | undefined,
  since: string | undefined,
): string | undefined {
  const [from, to] = [inZone(since, 'UTC'), inZone(time, 'UTC')];
  if (!from || !to) {
    return undefined;
  }
  const passed = to.diff(from);
  const sign = passed.toMillis() < 0 ? '-' : '+';
  const length = passed.toMillis() < 0 ? passed.negate() : passed;
  return `${sign}${length.toFormat('h:mm:ss.SSS')}`;
}

/** The time of day with milliseconds: `13:00:30.204`. */
export function clockTime(
  time: string | undefined,
  zone: string,
): string | undefined {
  return inZone(time, zone)?.toFormat('HH:mm:ss.SSS');
}
