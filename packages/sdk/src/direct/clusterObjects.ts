import { PODS, resourcePath } from '@ml-platform/kube';
import {
  RAY_LABEL_CLUSTER,
  RAY_LABEL_ORIGIN_NAME,
  RAYJOBS,
  type JobRef,
  type Pod,
  type RayJob,
} from '@ml-platform/rayjob';
import type { ClusterLink } from './clusterLink';

interface PodList {
  readonly items: readonly Pod[];
}

/** The RayJob as the cluster has it. */
export function readRayJob(
  { client }: ClusterLink,
  { namespace, name }: JobRef,
  signal?: AbortSignal,
): Promise<RayJob> {
  return client.json<RayJob>({
    path: resourcePath(RAYJOBS, namespace, name),
    signal,
  });
}

/** Pods with labels, in a namespace or everywhere. */
export async function readPods(
  { client }: ClusterLink,
  namespace: string | undefined,
  labelSelector: string,
  signal?: AbortSignal,
): Promise<readonly Pod[]> {
  const path = resourcePath(PODS, namespace);
  const query = { labelSelector };
  return (await client.json<PodList>({ path, query, signal })).items;
}

/** The pods of a job's current attempt: submitter, head and workers. */
export async function readJobPods(
  link: ClusterLink,
  { metadata, status }: RayJob,
  signal?: AbortSignal,
): Promise<readonly Pod[]> {
  const { namespace, name } = metadata;
  const selectors = [
    `${RAY_LABEL_ORIGIN_NAME}=${name}`,
    ...(status?.rayClusterName
      ? [`${RAY_LABEL_CLUSTER}=${status.rayClusterName}`]
      : []),
  ];
  const lists = await Promise.all(
    selectors.map(selector => readPods(link, namespace, selector, signal)),
  );
  const pods = new Map(lists.flat().map(pod => [pod.metadata.name, pod]));
  return [...pods.values()];
}
