import { NotFoundError } from '@backstage/errors';
import { resourcePath, type KubeClient } from '@ml-platform/kube';
import { KUEUE_GROUP, KUEUE_VERSIONS } from '@ml-platform/rayjob';
import type { QueueStatus } from '../platform/platformStatus';

interface LocalQueue {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec?: { readonly clusterQueue?: string };
  readonly status?: {
    readonly pendingWorkloads?: number;
    readonly admittedWorkloads?: number;
  };
}

/** The queues of Kueue; `undefined` where Kueue is not installed. */
export async function readQueues(
  client: KubeClient,
  signal: AbortSignal,
): Promise<readonly QueueStatus[] | undefined> {
  for (const version of KUEUE_VERSIONS) {
    try {
      const { items } = await client.json<{
        readonly items: readonly LocalQueue[];
      }>({
        path: resourcePath({
          group: KUEUE_GROUP,
          version,
          kind: 'LocalQueue',
          plural: 'localqueues',
        }),
        signal,
      });
      return items.map(({ metadata, spec, status }) => ({
        namespace: metadata.namespace,
        name: metadata.name,
        clusterQueue: spec?.clusterQueue ?? '',
        pending: status?.pendingWorkloads ?? 0,
        admitted: status?.admittedWorkloads ?? 0,
      }));
    } catch (error) {
      if (!(error instanceof NotFoundError)) {
        throw error;
      }
    }
  }
  return undefined;
}
