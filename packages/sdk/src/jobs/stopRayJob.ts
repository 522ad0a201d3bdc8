import { ConflictError } from '@backstage/errors';
import {
  isTerminal,
  jobState,
  type RayJob,
  RAYJOBS,
  stopMark,
} from '@ml-platform/rayjob';
import {
  type KubeClient,
  resourcePath,
  serviceProxyPath,
} from '@ml-platform/kube';
import { leaveKueue } from './kueueWorkloads';

/** Port of Ray's dashboard, as KubeRay's head service names it. */
export const DASHBOARD_PORT = 8265;

/** Path of Ray's Job API of a job's head service, through the API server. */
export function rayJobApiPath(job: RayJob, path: string): string | undefined {
  const address = job.status?.dashboardURL;
  const namespace = job.metadata.namespace ?? 'default';
  // `<service>.<namespace>.svc.cluster.local:8265`
  const service = address?.split('.')[0];
  return service
    ? serviceProxyPath(namespace, service, DASHBOARD_PORT, path)
    : undefined;
}

/** Says on the job that it was asked to stop, so that all who look at it can see. */
async function markStopping(
  client: KubeClient,
  job: RayJob,
  now: Date,
): Promise<void> {
  const { name, namespace } = job.metadata;
  const marked = client.json({
    method: 'PATCH',
    path: resourcePath(RAYJOBS, namespace, name),
    contentType: 'application/merge-patch+json',
    body: { metadata: stopMark(job, now) },
  });
  // Ray has taken the stop; that nobody can see it yet makes it no failure.
  await marked.catch(() => {});
}

/**
 * Stops a job and keeps its record. While its entrypoint runs, Ray is asked to
 * stop it, so that it ends as STOPPED, and the job is marked. Before that only the RayJob itself can be stopped:
 * it is suspended when KubeRay allows that, taken out of its Kueue queue, and marked as
 * stopped.
 *
 * @throws {ConflictError} when the job has ended, or can't be stopped in its state
 */
export async function stopRayJob(
  client: KubeClient,
  job: RayJob,
  now: Date = new Date(),
): Promise<void> {
  const { state } = jobState(job);
  const { name, namespace } = job.metadata;
  if (isTerminal(state)) {
    throw new ConflictError(`${name} has ended (${state}); nothing to stop`);
  }
  const jobId = job.status?.jobId;
  const path =
    state === 'running' && jobId
      ? rayJobApiPath(job, `/api/jobs/${encodeURIComponent(jobId)}/stop`)
      : undefined;
  if (path) {
    await client.json({ method: 'POST', path });
    await markStopping(client, job, now);
    return;
  }
  // KubeRay's rule: suspend needs shutdownAfterJobFinishes, and no selector.
  if (
    !job.spec?.shutdownAfterJobFinishes ||
    Object.keys(job.spec.clusterSelector ?? {}).length > 0
  ) {
    throw new ConflictError(
      `${name} is ${state} and can't be stopped before its entrypoint runs; wait, or delete it`,
    );
  }
  await leaveKueue(client, job);
  await client.json({
    method: 'PATCH',
    path: resourcePath(RAYJOBS, namespace, name),
    contentType: 'application/merge-patch+json',
    body: { metadata: stopMark(job, now), spec: { suspend: true } },
  });
}
