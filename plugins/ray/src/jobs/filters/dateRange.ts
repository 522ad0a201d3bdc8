import { DateTime } from 'luxon';

/** A range of dates as the address has it. */
export interface DateRange {
  /** A time before now (`24h`, `7d`), or a day (`2026-11-23`). */
  readonly since?: string;
  /** A day, which belongs to the range. */
  readonly until?: string;
}

const BEFORE_NOW = /^(\d{1,4})([hd])$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Ranges that can be chosen by name. */
export const RANGES: readonly {
  readonly since: string;
  readonly title: string;
}[] = [
  { since: '1h', title: 'Last hour' },
  { since: '24h', title: 'Last 24 hours' },
  { since: '7d', title: 'Last 7 days' },
  { since: '30d', title: 'Last 30 days' },
];

export function isDay(text: string | undefined): boolean {
  return DAY.test(text ?? '') && DateTime.fromISO(text ?? '').isValid;
}

/** The range that parameters of an address name; what makes no sense is left out. */
export function readDateRange(params: URLSearchParams): DateRange {
  const since = params.get('since') ?? undefined;
  const until = params.get('until') ?? undefined;
  return {
    ...(since && (BEFORE_NOW.test(since) || isDay(since)) && { since }),
    ...(isDay(until) && { until }),
  };
}

/** Parts of a range before now after which its beginning moves on. */
const STEPS = 12;

/** Milliseconds after which {@link momentsOf} a range are others; absent for days. */
export function stepOf({ since }: DateRange): number | undefined {
  const [, amount, unit] = BEFORE_NOW.exec(since ?? '') ?? [];
  const hours = Number(amount) * (unit === 'h' ? 1 : 24);
  return hours > 0 ? (hours * 3_600_000) / STEPS : undefined;
}

function moment(time: DateTime): string {
  return time.toUTC().toISO({ suppressMilliseconds: true }) ?? '';
}

/**
 * The times that a range stands for, ISO 8601 in UTC.
 *
 * @param zone - IANA name of the zone that days are in
 * @param now - milliseconds since the epoch
 */
export function momentsOf(
  { since, until }: DateRange,
  zone: string,
  now: number,
): { readonly since?: string; readonly until?: string } {
  const day = (text: string) => DateTime.fromISO(text, { zone });
  const [, amount, unit] = BEFORE_NOW.exec(since ?? '') ?? [];
  const before = { [unit === 'h' ? 'hours' : 'days']: Number(amount) };
  const first = amount
    ? DateTime.fromMillis(now).startOf('minute').minus(before)
    : day(since ?? '');
  return {
    ...(since && { since: moment(first) }),
    ...(until && { until: moment(day(until).plus({ days: 1 })) }),
  };
}
