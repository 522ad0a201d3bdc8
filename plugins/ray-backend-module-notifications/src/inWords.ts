const SECOND = 1_000;

/** Units with their milliseconds, and how many of them are shown as the next one. */
const UNITS = [
  { unit: 'second', ms: SECOND, most: 90 },
  { unit: 'minute', ms: 60 * SECOND, most: 90 },
  { unit: 'hour', ms: 3_600 * SECOND, most: 36 },
] as const;
const DAY = { unit: 'day', ms: 24 * 3_600 * SECOND } as const;

/** A duration in words for people, for example `42 minutes`. */
export function inWords(ms: number): string {
  const { unit, ms: one } =
    UNITS.find(candidate => ms < candidate.most * candidate.ms) ?? DAY;
  const format = new Intl.NumberFormat('en', {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  });
  return format.format(Math.max(0, ms) / one);
}
