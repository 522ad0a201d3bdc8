import {
  compactPod,
  RAY_LABEL_CLUSTER,
  RAY_LABEL_NODE_TYPE,
  RAY_LABEL_ORIGIN_NAME,
  type Pod,
} from '@ml-platform/rayjob';

export const rayClusterKey = (namespace = '', name = '') =>
  `cluster:${namespace}/${name}`;

export const submitterKey = (namespace = '', name = '') =>
  `job:${namespace}/${name}`;

/** What ties a pod to its job: the submitter's label, or the Ray cluster's. */
function podOwnerKey(pod: Pod): string | undefined {
  const { namespace, labels = {} } = pod.metadata;
  if (labels[RAY_LABEL_CLUSTER]) {
    return rayClusterKey(namespace, labels[RAY_LABEL_CLUSTER]);
  }
  return labels[RAY_LABEL_ORIGIN_NAME]
    ? submitterKey(namespace, labels[RAY_LABEL_ORIGIN_NAME])
    : undefined;
}

// 'head' comes before 'worker'.
const sortKey = (pod: Pod) =>
  `${pod.metadata.labels?.[RAY_LABEL_NODE_TYPE]}/${pod.metadata.name}`;

/** The Ray pods of one cluster, found by what they belong to. */
export class PodStore {
  readonly #ownerOf = new Map<string, string>();
  readonly #byOwner = new Map<string, Map<string, Pod>>();

  /** @returns the keys of what the pod belongs to, and of what it belonged to */
  put(key: string, pod: Pod): readonly string[] {
    const before = this.#ownerOf.get(key);
    const owner = podOwnerKey(pod);
    if (before !== owner) {
      this.remove(key);
    }
    if (owner) {
      const pods = this.#byOwner.get(owner) ?? new Map<string, Pod>();
      pods.set(key, compactPod(pod));
      this.#byOwner.set(owner, pods);
      this.#ownerOf.set(key, owner);
    }
    return [...new Set([before, owner])].filter(found => found !== undefined);
  }

  /** @returns the key of what the pod belonged to */
  remove(key: string): string | undefined {
    const owner = this.#ownerOf.get(key);
    if (owner) {
      const pods = this.#byOwner.get(owner);
      pods?.delete(key);
      if (pods?.size === 0) {
        this.#byOwner.delete(owner);
      }
      this.#ownerOf.delete(key);
    }
    return owner;
  }

  /** Submitter first, then head, then workers. */
  of(
    namespace: string,
    job: string,
    rayCluster: string | undefined,
  ): readonly Pod[] {
    const submitters = this.#byOwner.get(submitterKey(namespace, job));
    const ray = rayCluster
      ? this.#byOwner.get(rayClusterKey(namespace, rayCluster))
      : undefined;
    const nodes = [...(ray?.values() ?? [])].sort((a, b) =>
      sortKey(a).localeCompare(sortKey(b)),
    );
    return [...(submitters?.values() ?? []), ...nodes];
  }
}
