import {
  compactPod,
  RAY_LABEL_CLUSTER,
  RAY_LABEL_NODE_TYPE,
  RAY_LABEL_ORIGIN_NAME,
  type Pod,
} from '@ml-platform/rayjob';
import { KeyedSets } from '../util/KeyedSets';

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

/** By code units: for names, words of a language cost a hundred times as much. */
function sorted(pods: readonly Pod[]): Pod[] {
  const keyed = pods.map(pod => [sortKey(pod), pod] as const);
  keyed.sort(([a], [b]) => Number(a > b) - Number(a < b));
  return keyed.map(([, pod]) => pod);
}

/** The Ray pods of one cluster, found by what they belong to. */
export class PodStore {
  readonly #ownerOf = new Map<string, string>();
  readonly #byOwner = new Map<string, Map<string, Pod>>();
  /** Those that are gone, by owner, and were not let go yet. */
  readonly #leaving = new KeyedSets<string>();

  /** @returns the keys of what the pod belongs to, and of what it belonged to */
  put(key: string, pod: Pod): readonly string[] {
    const before = this.#ownerOf.get(key);
    const owner = podOwnerKey(pod);
    if (before !== owner) {
      this.remove(key);
    }
    if (owner) {
      this.#leaving.delete(owner, key);
      const pods = this.#byOwner.get(owner) ?? new Map<string, Pod>();
      pods.set(key, compactPod(pod));
      this.#byOwner.set(owner, pods);
      this.#ownerOf.set(key, owner);
    }
    return [...new Set([before, owner])].filter(found => found !== undefined);
  }

  /** The key of what a pod belongs to. */
  ownerOf(key: string): string | undefined {
    return this.#ownerOf.get(key);
  }

  /** Keeps a pod that is gone until {@link settle}: what it said last still counts. */
  leave(key: string): void {
    const owner = this.#ownerOf.get(key);
    if (owner) {
      this.#leaving.add(owner, key);
    }
  }

  /** Lets the pods go that left these owners. @returns the owners that they left */
  settle(owners: readonly string[]): readonly string[] {
    return owners.filter(owner => {
      const left = [...this.#leaving.of(owner)];
      left.forEach(key => this.remove(key));
      return left.length > 0;
    });
  }

  remove(key: string): void {
    const owner = this.#ownerOf.get(key);
    if (owner) {
      this.#leaving.delete(owner, key);
      const pods = this.#byOwner.get(owner);
      pods?.delete(key);
      if (pods?.size === 0) {
        this.#byOwner.delete(owner);
      }
      this.#ownerOf.delete(key);
    }
  }

  /**
   * Submitter first, then head, then workers.
   * @param withLeft - also those that left and are not let go yet
   */
  of(
    namespace: string,
    job: string,
    rayCluster: string | undefined,
    withLeft = false,
  ): readonly Pod[] {
    const submitters = this.#podsOf(submitterKey(namespace, job), withLeft);
    const ray = rayCluster
      ? this.#podsOf(rayClusterKey(namespace, rayCluster), withLeft)
      : [];
    return [...submitters, ...sorted(ray)];
  }

  #podsOf(owner: string, withLeft: boolean): Pod[] {
    const left = new Set(withLeft ? [] : this.#leaving.of(owner));
    return [...(this.#byOwner.get(owner) ?? [])]
      .filter(([key]) => !left.has(key))
      .map(([, pod]) => pod);
  }
}
