import { isError } from '@backstage/errors';
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

/** What is everywhere, else what is in the namespace that the caller may see. */
async function widest<Answer extends object>(
  namespace: string | undefined,
  list: (namespace?: string) => Promise<Answer>,
): Promise<Answer & { readonly namespace?: string }> {
  try {
    return { ...(await list()) };
  } catch (error) {
    if (
      namespace === undefined ||
      !isError(error) ||
      error.name !== 'NotAllowedError'
    ) {
      throw error;
    }
    return { ...(await list(namespace)), namespace };
  }
}

async function jobsByState(
  link: ClusterLink,
  namespace: string | undefined,
  signal: AbortSignal,
) {
  const filter = namespace === undefined ? {} : { namespace: [namespace] };
  const byState: Partial<Record<JobState, number>> = {};
  for (const { state } of await listClusterJobs(link, filter, signal)) {
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
  namespace: string | undefined,
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
    probe(() =>
      widest(namespace, async place => ({
        total: (await listRayClusters([link], { namespace: place, signal }))
          .length,
      })),
    ),
    probe(() => widest(namespace, place => jobsByState(link, place, signal))),
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
    /** Stands in for all namespaces where the caller may not see those. */
    readonly namespace?: string;
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
  const { clusters, namespace, management, portalUrl } = parts;
  const [statuses, argocd, portal] = await Promise.all([
    Promise.all(clusters.map(link => clusterStatus(link, namespace, signal))),
    management && probe(() => applications(management, signal)),
    portalUrl === undefined
      ? undefined
      : probe(() => portalStatus(portalUrl, signal)),
  ]);
  return { clusters: statuses, argocd, portal };
}
