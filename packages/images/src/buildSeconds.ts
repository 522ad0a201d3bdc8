/** Seconds that a build may take, where the settings say so many minutes, or nothing. */
export function buildSeconds(timeoutMinutes: number = 60): number {
  return timeoutMinutes * 60;
}
