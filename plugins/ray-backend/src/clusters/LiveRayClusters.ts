import type { ClusterStatus } from '@ml-platform/backstage-plugin-ray-common';
import type { KubeClient, KubeObject } from '@ml-platform/kube';
import {
  rayClusterSummary,
  type RayCluster,
  type RayClusterSummary,
} from '@ml-platform/rayjob';
import type { Collection } from './watchCollection';

/** The Ray clusters of a cluster, as far as they are known. */
export class LiveRayClusters {
  readonly rows = new Map<string, RayClusterSummary>();
  readonly #cluster: { readonly name: string; readonly title: string };
  /** By the paths of lists that aren't known yet: what keeps them. */
  readonly #unlisted = new Map<string, string>();

  constructor(cluster: { readonly name: string; readonly title: string }) {
    this.#cluster = cluster;
  }

  /** The rows of a path, to be watched. */
  collection(
    kube: KubeClient,
    path: string,
  ): Collection<RayCluster & KubeObject> {
    const { name, title } = this.#cluster;
    const unlisted = this.#unlisted;
    unlisted.set(path, `The Ray clusters of ${title} are being read`);
    return {
      kube,
      path,
      upsert: (key, object) =>
        this.rows.set(key, rayClusterSummary(name, object)),
      remove: key => this.rows.delete(key),
      listed: () => unlisted.delete(path),
      failed(error) {
        if (unlisted.has(path)) {
          unlisted.set(
            path,
            `Couldn't read the Ray clusters of ${title}: ${error}`,
          );
        }
      },
    };
  }

  /** The status of the cluster, for a list of Ray clusters. */
  statusOf(cluster: ClusterStatus): ClusterStatus {
    const [error] = this.#unlisted.values();
    return cluster.ok && error !== undefined
      ? { name: cluster.name, ok: false, error }
      : cluster;
  }
}
