import { DateTime } from 'luxon';

/** Where to go in a log: a line, or the first line of a time or later. */
export type LogTarget =
  | { readonly line: number }
  /** ISO 8601 in UTC. */
  | { readonly time: string };

const NUMBER = /^\d{1,3}(?:[ ,._']\d{3})+$|^\d{1,12}$/;

const CLOCK = String.raw`(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,:](?<fraction>\d{1,9}))?)?`;
const ZONE = String.raw`(?: ?(?<zone>Z|UTC|GMT|[+-]\d\d:?\d\d))?`;

/** What comes before the time of day: nothing, or a date as loggers write it. */
const DATES = [
  '',
  // ISO 8601, Python, Java, Go, nginx's errors.
  String.raw`(?<year>\d{4})[-/](?<month>\d\d)[-/](?<day>\d\d)[T ]`,
  // Web servers.
  String.raw`(?<day>\d{1,2})[/ ](?<name>[A-Z][a-z]{2})[/ ](?<year>\d{4})[: ]`,
  // Kubernetes and other users of glog, with the letter of the level.
  String.raw`[IWEFD](?<month>\d\d)(?<day>\d\d) `,
  // syslog.
  String.raw`(?<name>[A-Z][a-z]{2}) {1,2}(?<day>\d{1,2}) `,
].map(date => new RegExp(`^${date}${CLOCK}${ZONE}$`));

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** IANA name of the zone that a time says: UTC, or so many hours from it. */
function zoneOf(text: string): string {
  const [, hours, minutes] = /([+-]\d\d):?(\d\d)/.exec(text) ?? [];
  return hours ? `UTC${hours}:${minutes}` : 'UTC';
}

interface TargetOptions {
  /** IANA name of the zone of a time that says none. */
  readonly zone: string;
  /** ISO 8601 of a moment on the day of a time without a date. */
  readonly day: string;
}

function readTime(text: string, options: TargetOptions): DateTime {
  const found = DATES.map(date => date.exec(text)?.groups).find(Boolean);
  if (!found) {
    return DateTime.fromISO(text.replace(' ', 'T'), { zone: options.zone });
  }
  const zone = found.zone ? zoneOf(found.zone) : options.zone;
  const day = DateTime.fromISO(options.day, { zone });
  const { second = 0, fraction = '' } = found;
  return DateTime.fromObject(
    {
      year: Number(found.year ?? day.year),
      month: found.name
        ? MONTHS.indexOf(found.name) + 1
        : Number(found.month ?? day.month),
      day: Number(found.day ?? day.day),
      hour: Number(found.hour),
      minute: Number(found.minute),
      second: Number(second),
      millisecond: Number(fraction.padEnd(3, '0').slice(0, 3)),
    },
    { zone },
  );
}

/**
 * Reads what somebody wrote to go to: `12345`, `12,345`, `21:06`, `21:06:21,5`, or a time with its
 * date as a log has it, also in brackets.
 *
 * @returns `undefined` when it is none of these
 */
export function parseTarget(
  text: string,
  options: TargetOptions,
): LogTarget | undefined {
  const trimmed = text.trim().replace(/^\[(.*)\]$/, '$1');
  if (NUMBER.test(trimmed)) {
    const line = Number(trimmed.replace(/\D/g, ''));
    return line > 0 ? { line } : undefined;
  }
  const time = readTime(trimmed, options);
  const iso = time.isValid ? time.toUTC().toISO() : null;
  return iso === null ? undefined : { time: iso };
}
