/** A time as Kubernetes writes it: whole seconds, as `2026-01-31T12:00:00Z`. */
export function formatTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** A time in microseconds since the epoch, as events carry it. */
export function formatMicroTime(micros: number): string {
  const rest = String(micros % 1000).padStart(3, '0');
  return new Date(Math.floor(micros / 1000))
    .toISOString()
    .replace(/Z$/, `${rest}Z`);
}

/** A time for people, as `2026-01-31 12:00:00`. */
export function formatDateTime(ms: number): string {
  return formatTime(ms).replace('T', ' ').replace('Z', '');
}

/** Milliseconds since the epoch, or undefined where there is no time. */
export function parseTime(time: string | undefined): number | undefined {
  const ms = time === undefined ? NaN : Date.parse(time);
  return Number.isNaN(ms) ? undefined : ms;
}
