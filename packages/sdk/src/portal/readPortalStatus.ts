import type { JobState, JobSummary } from '@ml-platform/rayjob';
import type { CallOptions } from '../platform/Platform';
import type { ClusterStatus, PlatformStatus } from '../platform/platformStatus';
import { probe } from '../status/probe';
import type { components } from './openapi';
import { answerOf, type PortalApi } from './portalApi';
import { listPortalJobs } from './portalJobs';

type Cluster = components['schemas']['ClusterSummary'];

function byState(
  jobs: readonly JobSummary[],
): Partial<Record<JobState, number>> {
  const counts: Partial<Record<JobState, number>> = {};
  for (const { state } of jobs) {
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

function serverOf({ reachable, version, error }: Cluster) {
  return reachable
    ? ({ ok: true, version: version ?? 'of an unknown version' } as const)
    : ({ ok: false, error: error ?? 'Not reached yet' } as const);
}

/** How everything is, as far as the portal knows. */
export async function readPortalStatus(
  api: PortalApi,
  url: string,
  { signal }: CallOptions = {},
): Promise<PlatformStatus> {
  const [clusters, jobs, rayClusters] = await Promise.all([
    probe(async () => ({
      items: await answerOf(api.GET('/clusters', { signal })),
    })),
    probe(() => listPortalJobs(api, {}, { signal })),
    probe(() => answerOf(api.GET('/rayclusters', { signal }))),
  ]);
  signal?.throwIfAborted();
  if (!clusters.ok) {
    return { clusters: [], portal: clusters };
  }
  const statusOf = (cluster: Cluster): ClusterStatus => {
    const { name, kuberay, nodes } = cluster;
    const isHere = (row: { readonly cluster: string }) => row.cluster === name;
    return {
      name,
      server: serverOf(cluster),
      kuberay,
      nodes,
      jobs: jobs.ok
        ? { ok: true, byState: byState(jobs.items.filter(isHere)) }
        : jobs,
      rayClusters: rayClusters.ok
        ? { ok: true, total: rayClusters.items.filter(isHere).length }
        : rayClusters,
    };
  };
  return {
    clusters: clusters.items.map(statusOf),
    portal: { ok: true, url },
  };
}
