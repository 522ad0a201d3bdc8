import type { JobRef } from '@ml-platform/rayjob';

/** Address of the backend. */
export const BASE = 'plugin://ray';

/** Address of a job in the backend. */
export function jobPath(ref: JobRef): string {
  const parts = [ref.cluster, ref.namespace, ref.name].map(encodeURIComponent);
  return `${BASE}/jobs/${parts.join('/')}`;
}
