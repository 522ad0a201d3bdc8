const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration in its two largest units: `4s`, `3m 20s`, `2h 5m`, `1d 3h`. */
export function formatDuration(ms: number): string {
  if (Number.isNaN(ms)) {
    return '–';
  }
  const time = Math.max(0, ms);
  if (time < MINUTE) {
    return `${Math.floor(time / SECOND)}s`;
  }
  if (time < HOUR) {
    return `${Math.floor(time / MINUTE)}m ${Math.floor((time % MINUTE) / SECOND)}s`;
  }
  if (time < DAY) {
    return `${Math.floor(time / HOUR)}h ${Math.floor((time % HOUR) / MINUTE)}m`;
  }
  return `${Math.floor(time / DAY)}d ${Math.floor((time % DAY) / HOUR)}h`;
}
