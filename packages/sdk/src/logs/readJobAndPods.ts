import {
  isError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  RAY_LABEL_CLUSTER,
  RAY_LABEL_NODE_TYPE,
  RAY_LABEL_ORIGIN_NAME,
  RAYJOBS,
  type JobRef,
  type Pod,
  type RayJob,
} from '@ml-platform/rayjob';
import {
  PODS,
  resourcePath,
  type KubeClient,
  type RefusalPatience,
} from '@ml-platform/kube';

interface PodList {
  readonly items: readonly Pod[];
}

/** What there is to read, or why that is not known. */
export type JobAndPods =
  | {
      readonly kind: 'job';
      readonly job: RayJob;
      /** Those that may have the driver's log, or while there are none, all. */
      readonly pods: readonly Pod[];
    }
  | { readonly kind: 'gone'; readonly error: NotFoundError }
  | { readonly kind: 'unreachable'; readonly error: Error };

async function read(
  client: KubeClient,
  ref: JobRef,
  signal: AbortSignal,
): Promise<{ job: RayJob; pods: readonly Pod[] }> {
  const job = await client.json<RayJob>({
    path: resourcePath(RAYJOBS, ref.namespace, ref.name),
    signal,
  });
  const list = async (labelSelector: string) => {
    const path = resourcePath(PODS, ref.namespace);
    const query = { labelSelector };
    const { items } = await client.json<PodList>({ path, query, signal });
    return items;
  };
  const cluster = `${RAY_LABEL_CLUSTER}=${job.status?.rayClusterName ?? ''}`;
  const sidecar = job.spec?.submissionMode === 'SidecarMode';
  const drivers = await list(
    sidecar
      ? `${cluster},${RAY_LABEL_NODE_TYPE}=head`
      : `${RAY_LABEL_ORIGIN_NAME}=${ref.name}`,
  );
  // While there is no driver, the pods of the Ray cluster say why.
  const waits = drivers.length === 0 && job.status?.rayClusterName;
  return { job, pods: waits ? await list(cluster) : drivers };
}

/**
 * Reads a job and its pods.
 * @throws {NotAllowedError} when the cluster refuses for longer than a moment
 */
export async function readJobAndPods(options: {
  readonly client: KubeClient;
  readonly ref: JobRef;
  readonly signal: AbortSignal;
  readonly patience: RefusalPatience;
}): Promise<JobAndPods> {
  const { client, ref, signal, patience } = options;
  try {
    const found = await read(client, ref, signal);
    patience.answered();
    return { kind: 'job', ...found };
  } catch (error) {
    if (error instanceof NotFoundError) {
      return { kind: 'gone', error };
    }
    const passes =
      error instanceof ServiceUnavailableError || patience.bears(error);
    if (passes && isError(error)) {
      return { kind: 'unreachable', error };
    }
    throw error;
  }
}
