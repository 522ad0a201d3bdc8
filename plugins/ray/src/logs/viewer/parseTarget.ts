import { DateTime } from 'luxon';

/** Where to go in a log: a line, or the first line of a time or later. */
export type LogTarget =
  | { readonly line: number }
  /** ISO 8601 in UTC. */
  | { readonly time: string };

const NUMBER = /^\d{1,3}(?:[ ,._']\d{3})+$|^\d{1,12}$/;
const CLOCK = /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/**
 * Reads what somebody wrote to go to: `12345`, `12,345`, `21:06`, `21:06:21.5`, or a date with a
 * time.
 *
 * @param options.zone - IANA name of the zone of a time that says none
 * @param options.day - ISO 8601 of a moment on the day of a time without a date
 * @returns `undefined` when it is none of these
 */
export function parseTarget(
  text: string,
  options: { readonly zone: string; readonly day: string },
): LogTarget | undefined {
  const trimmed = text.trim();
  if (NUMBER.test(trimmed)) {
    const line = Number(trimmed.replace(/\D/g, ''));
    return line > 0 ? { line } : undefined;
  }
  const { zone } = options;
  const day = DateTime.fromISO(options.day, { zone }).toISODate();
  const full = CLOCK.test(trimmed)
    ? `${day}T${trimmed.padStart(trimmed.replace(/^\d:/, '00:').length, '0')}`
    : trimmed.replace(' ', 'T');
  const time = DateTime.fromISO(full, { zone });
  const iso = time.isValid ? time.toUTC().toISO() : null;
  return iso === null ? undefined : { time: iso };
}
