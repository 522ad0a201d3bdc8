import type { JobRef } from '@ml-platform/rayjob';
import type { RunRef } from './RayApi';

/** Address of the backend. */
export const BASE = 'plugin://ray';

/** Address of a job in the backend. */
export function jobPath(ref: JobRef): string {
  const parts = [ref.cluster, ref.namespace, ref.name].map(encodeURIComponent);
  return `${BASE}/jobs/${parts.join('/')}`;
}

/**
 * The same for one run of a job, or a part of it.
 * @param part - for example `/events`
 */
export function runPath(run: RunRef, part = ''): string {
  const query = run.uid ? `?${new URLSearchParams({ uid: run.uid })}` : '';
  return `${jobPath(run)}${part}${query}`;
}
