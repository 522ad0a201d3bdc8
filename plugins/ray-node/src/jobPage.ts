import type { JobRef } from '@ml-platform/rayjob';

/** Path of a job's page in the portal. */
export function jobPage({ cluster, namespace, name }: JobRef): string {
  const path = [cluster, namespace, name].map(encodeURIComponent);
  return `/ray/jobs/${path.join('/')}`;
}
