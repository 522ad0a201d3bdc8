import { NotFoundError } from '@backstage/errors';
import { KUEUE_GROUP, KUEUE_VERSIONS } from '@ml-platform/rayjob';
import type { KubeClient, Resource } from '@ml-platform/kube';

/** Kueue's Workloads in one of the versions of its API. */
export const kueueWorkloads = (version: string): Resource => ({
  group: KUEUE_GROUP,
  version,
  kind: 'Workload',
  plural: 'workloads',
});

/** Kueue's LocalQueues in one of the versions of its API. */
export const kueueLocalQueues = (version: string): Resource => ({
  group: KUEUE_GROUP,
  version,
  kind: 'LocalQueue',
  plural: 'localqueues',
});

/**
 * The newest version in which a cluster serves Workloads and LocalQueues;
 * `undefined` where Kueue is not installed. Discovery is open to everybody who
 * may use the API server at all.
 *
 * @throws as {@link KubeClient.json} when the cluster does not tell
 */
export async function findKueueVersion(
  client: KubeClient,
  signal?: AbortSignal,
): Promise<string | undefined> {
  for (const version of KUEUE_VERSIONS) {
    const served = await servedCollections(client, version, signal);
    if (
      served.has(kueueWorkloads(version).plural) &&
      served.has(kueueLocalQueues(version).plural)
    ) {
      return version;
    }
  }
  return undefined;
}

async function servedCollections(
  client: KubeClient,
  version: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  try {
    const list = await client.json<{
      readonly resources?: readonly { readonly name: string }[];
    }>({ path: `/apis/${KUEUE_GROUP}/${version}`, signal });
    return new Set(list.resources?.map(({ name }) => name));
  } catch (error) {
    if (error instanceof NotFoundError) {
      return new Set();
    }
    throw error;
  }
}
