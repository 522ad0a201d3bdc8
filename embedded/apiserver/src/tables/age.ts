const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** A duration as kubectl shows it, for example `5m30s` (apimachinery HumanDuration). */
export function humanDuration(ms: number): string {
  if (ms < -1 * SECOND) {
    return '<invalid>';
  }
  const seconds = Math.floor(Math.max(ms, 0) / SECOND);
  const minutes = Math.floor(ms / MINUTE);
  const hours = Math.floor(ms / HOUR);
  const days = Math.floor(ms / DAY);
  const two = (big: string, small: number, unit: string) =>
    small === 0 ? big : `${big}${small}${unit}`;
  if (seconds < 60 * 2) {
    return `${seconds}s`;
  }
  if (minutes < 10) {
    return two(`${minutes}m`, seconds % 60, 's');
  }
  if (minutes < 60 * 3) {
    return `${minutes}m`;
  }
  if (hours < 8) {
    return two(`${hours}h`, minutes % 60, 'm');
  }
  if (hours < 48) {
    return `${hours}h`;
  }
  if (hours < 24 * 8) {
    return two(`${days}d`, hours % 24, 'h');
  }
  if (hours < 24 * 365 * 2) {
    return `${days}d`;
  }
  const years = Math.floor(ms / YEAR);
  return hours < 24 * 365 * 8 ? two(`${years}y`, days % 365, 'd') : `${years}y`;
}

/** How long ago a timestamp was. */
export function age(timestamp: unknown, now: number): string {
  const then = typeof timestamp === 'string' ? Date.parse(timestamp) : NaN;
  return Number.isNaN(then) ? '<unknown>' : humanDuration(now - then);
}
