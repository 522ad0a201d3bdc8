import type { KubeClient } from '@ml-platform/kube';
import type { JobState } from '@ml-platform/rayjob';
import type { ClusterLink } from '../direct/clusterLink';
import { listClusterJobs } from '../direct/listClusterJobs';
import { listRayClusters } from '../direct/listRayClusters';
import type { CallOptions } from '../platform/Platform';
import type { ClusterStatus, PlatformStatus } from '../platform/platformStatus';
import { argocdStatus } from './argocdStatus';
import { kubeRayStatus } from './kubeRayStatus';
import { nodesStatus } from './nodesStatus';
import { portalStatus } from './portalStatus';
import { probe } from './probe';
import { readQueues } from './queuesStatus';

/** Milliseconds that each part may take. */
const LIMIT = 10_000;

async function jobsByState(link: ClusterLink, signal: AbortSignal) {
  const byState: Partial<Record<JobState, number>> = {};
  for (const { state } of await listClusterJobs(link, {}, signal)) {
    byState[state] = (byState[state] ?? 0) + 1;
  }
  return { byState };
}

/** `undefined` where Kueue is not installed. */
async function probeQueues({ client }: ClusterLink, signal: AbortSignal) {
  let installed = true;
  const answer = await probe(async () => {
    const items = await readQueues(client, signal);
    installed = items !== undefined;
    return { items: items ?? [] };
  });
  return installed ? answer : undefined;
}

async function clusterStatus(
  link: ClusterLink,
  signal: AbortSignal,
): Promise<ClusterStatus> {
  const { name, client } = link;
  const server = await probe(async () => {
    const { gitVersion } = await client.json<{ readonly gitVersion: string }>({
      path: '/version',
      signal,
    });
    return { version: gitVersion };
  });
  if (!server.ok) {
    return { name, server };
  }
  const [kuberay, nodes, rayClusters, jobs, queues] = await Promise.all([
    probe(() => kubeRayStatus(client, signal)),
    probe(() => nodesStatus(client, signal)),
    probe(async () => ({
      total: (await listRayClusters([link], { signal })).length,
    })),
    probe(() => jobsByState(link, signal)),
    probeQueues(link, signal),
  ]);
  return {
    name,
    server,
    kuberay,
    nodes,
    rayClusters,
    jobs,
    queues,
  };
}

async function applications(
  connect: () => Promise<KubeClient>,
  signal: AbortSignal,
) {
  const client = await connect();
  try {
    return await argocdStatus(client, signal);
  } finally {
    client.close();
  }
}

/** How the clusters, Argo CD and the portal are; asks all of them at once. */
export async function readPlatformStatus(
  parts: {
    readonly clusters: readonly ClusterLink[];
    /** Connects to the cluster of Argo CD; who asks closes the connection. */
    readonly management?: () => Promise<KubeClient>;
    readonly portalUrl?: string;
  },
  options: CallOptions = {},
): Promise<PlatformStatus> {
  const limit = AbortSignal.timeout(LIMIT);
  const signal = options.signal
    ? AbortSignal.any([options.signal, limit])
    : limit;
  const { clusters, management, portalUrl } = parts;
  const [statuses, argocd, portal] = await Promise.all([
    Promise.all(clusters.map(link => clusterStatus(link, signal))),
    management && probe(() => applications(management, signal)),
    portalUrl === undefined
      ? undefined
      : probe(() => portalStatus(portalUrl, signal)),
  ]);
  return { clusters: statuses, argocd, portal };
}
