/** KubeRay's limit for the name of a RayJob: its children's names grow from it. */
export const JOB_NAME_MAX_LENGTH = 47;

const pad = (value: number) => String(value).padStart(2, '0');

/**
 * Name of one run: `<workload>-<yyyymmdd>-<hhmmss>` in UTC, a DNS-1035 label of
 * at most {@link JOB_NAME_MAX_LENGTH} characters. A long workload is shortened,
 * the time never is.
 */
export function jobName(workload: string, date: Date): string {
  const day = `${date.getUTCFullYear()}${pad(date.getUTCMonth() + 1)}${pad(
    date.getUTCDate(),
  )}`;
  const time = `${pad(date.getUTCHours())}${pad(date.getUTCMinutes())}${pad(
    date.getUTCSeconds(),
  )}`;
  const suffix = `-${day}-${time}`;
  const stem = workload
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, JOB_NAME_MAX_LENGTH - suffix.length)
    .replace(/-+$/, '');
  return `${stem || 'job'}${suffix}`;
}
