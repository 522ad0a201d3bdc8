/** A time as Kubernetes writes it: whole seconds, for example `2026-01-31T12:00:00Z`. */
export function formatTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/**
 * A time with microseconds, as leases and newer events carry it.
 *
 * @param micros - microseconds since the epoch
 */
export function formatMicroTime(micros: number): string {
  const rest = String(micros % 1000).padStart(3, '0');
  return new Date(Math.floor(micros / 1000))
    .toISOString()
    .replace(/Z$/, `${rest}Z`);
}

/** Milliseconds since the epoch, or undefined where there is no time. */
export function parseTime(time: string | null | undefined): number | undefined {
  const ms = time ? Date.parse(time) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
