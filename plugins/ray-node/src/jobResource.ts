import type { JobRef, JobSummary } from '@ml-platform/rayjob';

/** A job by its place, and one run of it where that is named. */
export type JobResource = JobRef & { readonly uid?: string };

/**
 * Names a run for Backstage's permissions, which then decide about it by its row:
 * `<cluster>/<namespace>/<name>/<uid>`.
 */
export function jobResource({
  cluster,
  namespace,
  name,
  uid,
}: Pick<JobSummary, 'cluster' | 'namespace' | 'name' | 'uid'>): string {
  return [cluster, namespace, name, uid].join('/');
}

/** What {@link jobResource} names. Without a UID it is whichever run has the name. */
export function parseJobResource(resource: string): JobResource {
  const [cluster = '', namespace = '', name = '', ...rest] =
    resource.split('/');
  // The stand-in for the UID of a job that is only in git contains a path.
  const uid = rest.join('/');
  return { cluster, namespace, name, ...(uid && { uid }) };
}
