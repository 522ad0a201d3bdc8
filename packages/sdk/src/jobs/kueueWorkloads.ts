import { NotFoundError } from '@backstage/errors';
import { resourcePath, type KubeClient } from '@ml-platform/kube';
import {
  KUEUE_GROUP,
  KUEUE_LABEL_QUEUE,
  KUEUE_VERSIONS,
  type KueueWorkload,
  type RayJob,
} from '@ml-platform/rayjob';

/** Kueue's label with the uid of the object that it admits. */
const LABEL_JOB_UID = 'kueue.x-k8s.io/job-uid';

/**
 * Does something with Workloads, by their paths in the newest version that the cluster has.
 * Nothing happens where there is no Kueue.
 */
async function withWorkloads<Result>(
  { metadata }: RayJob,
  use: (path: (name?: string) => string) => Promise<Result>,
): Promise<Result | undefined> {
  for (const version of KUEUE_VERSIONS) {
    const path = (name?: string) =>
      resourcePath(
        {
          group: KUEUE_GROUP,
          version,
          kind: 'Workload',
          plural: 'workloads',
        },
        metadata.namespace ?? 'default',
        name,
      );
    try {
      return await use(path);
    } catch (error) {
      if (!(error instanceof NotFoundError)) {
        throw error;
      }
    }
  }
  return undefined;
}

const workloadsOf = async (
  client: KubeClient,
  { metadata }: RayJob,
  path: string,
) =>
  client.json<{ readonly items: readonly KueueWorkload[] }>({
    path,
    query: { labelSelector: `${LABEL_JOB_UID}=${metadata.uid}` },
  });

/**
 * Takes a job out of its Kueue queue, which would start it again whatever its own
 * `suspend` says. Nothing happens to a job without a queue, or where there is no Kueue.
 *
 * Source: Kueue, "Workload", `spec.active`.
 *
 * @throws {NotAllowedError} when this user may not change Kueue's Workloads
 */
export async function leaveKueue(
  client: KubeClient,
  job: RayJob,
): Promise<void> {
  if (!job.metadata.labels?.[KUEUE_LABEL_QUEUE]) {
    return;
  }
  await withWorkloads(job, async path => {
    const { items } = await workloadsOf(client, job, path());
    for (const workload of items) {
      await client.json({
        method: 'PATCH',
        path: path(workload.metadata.name),
        contentType: 'application/merge-patch+json',
        body: { spec: { active: false } },
      });
    }
  });
}

/**
 * What Kueue made of a job; `undefined` for a job without a queue, and where it can't be
 * read: it is gone, this user may not see it, or the cluster is away.
 */
export async function readKueueWorkload(
  client: () => KubeClient,
  job: RayJob,
): Promise<KueueWorkload | undefined> {
  if (!job.metadata.labels?.[KUEUE_LABEL_QUEUE]) {
    return undefined;
  }
  try {
    return await withWorkloads(job, async path => {
      const { items } = await workloadsOf(client(), job, path());
      return items[0];
    });
  } catch {
    return undefined;
  }
}
