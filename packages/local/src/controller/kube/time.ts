/** A time as Kubernetes writes it: whole seconds, as `2026-01-31T12:00:00Z`. */
export function formatTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** A time with microseconds, as events carry it. */
export function formatMicroTime(ms: number): string {
  return new Date(ms).toISOString().replace(/Z$/, '000Z');
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
