import { InputError } from '@backstage/errors';

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
];

/** A duration as kubectl writes it: two units at most, for example `2h5m`. */
export function duration(ms: number): string {
  let seconds = Math.max(0, Math.floor(ms / 1_000));
  const largest = UNITS.findIndex(([, size]) => seconds >= size);
  if (largest < 0) {
    return '0s';
  }
  // Above two days, hours no longer matter.
  const count = seconds >= 2 * 86_400 ? 1 : 2;
  let text = '';
  for (const [unit, size] of UNITS.slice(largest, largest + count)) {
    const amount = Math.floor(seconds / size);
    seconds -= amount * size;
    text += amount > 0 ? `${amount}${unit}` : '';
  }
  return text;
}

/** How long ago a time was. */
export function age(time: string | undefined, now: Date): string {
  const then = Date.parse(time ?? '');
  return Number.isNaN(then) ? '-' : duration(now.getTime() - then);
}

/**
 * Milliseconds of a duration such as `90s`, `15m` or `1h30m`.
 * @throws {InputError} for anything else
 */
export function parseDuration(text: string): number {
  const parts = [...text.matchAll(/(\d+)([dhms])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new InputError(
      `'${text}' is not a duration; write it as 90s, 15m, 2h or 1h30m`,
    );
  }
  const sizes = new Map(UNITS);
  return parts.reduce(
    (sum, [, amount, unit]) =>
      sum + Number(amount) * (sizes.get(unit) ?? 0) * 1_000,
    0,
  );
}

/**
 * The time that `--since` or `--until` names: a duration back from now, or a time.
 * @throws {InputError} for anything else
 */
export function parseSince(text: string, now: Date): Date {
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time)
    ? new Date(now.getTime() - parseDuration(text))
    : new Date(time);
}
