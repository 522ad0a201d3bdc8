import type { ClusterStatus } from '@ml-platform/backstage-plugin-ray-common';
import type { KubeClient, KubeObject } from '@ml-platform/kube';
import { rayClusterSummary, type RayCluster } from '@ml-platform/rayjob';
import { argoApplication, type RayClusterRow } from '@ml-platform/sdk';
import type { Collection } from './watchCollection';

export interface LiveRayClustersOptions {
  readonly cluster: { readonly name: string; readonly title: string };
  /** Called when one changes that no job made, and when all are known. */
  readonly onChange: () => void;
}

/** The Ray clusters of a cluster, as far as they are known. */
export class LiveRayClusters {
  readonly rows = new Map<string, RayClusterRow>();
  /** Those that no job made. */
  readonly standing = new Map<string, RayClusterRow>();
  readonly #options: LiveRayClustersOptions;
  /** By the paths of lists that aren't known yet: what keeps them. */
  readonly #unlisted = new Map<string, string>();

  constructor(options: LiveRayClustersOptions) {
    this.#options = options;
  }

  /** The rows of a path, to be watched. */
  collection(
    kube: KubeClient,
    path: string,
  ): Collection<RayCluster & KubeObject> {
    const { onChange, cluster } = this.#options;
    const { name, title } = cluster;
    const unlisted = this.#unlisted;
    unlisted.set(path, `The Ray clusters of ${title} are being read`);
    return {
      kube,
      path,
      upsert: (key, object) =>
        this.#put(key, {
          ...rayClusterSummary(name, object),
          application: argoApplication(object),
        }),
      remove: key => this.#remove(key),
      listed: () => {
        unlisted.delete(path);
        onChange();
      },
      failed(error) {
        if (unlisted.has(path)) {
          unlisted.set(
            path,
            `Couldn't read the Ray clusters of ${title}: ${error}`,
          );
          onChange();
        }
      },
    };
  }

  /** Why they may not all be known. */
  get problem(): string | undefined {
    return [...this.#unlisted.values()][0];
  }

  /** The status of the cluster, for a list of Ray clusters. */
  statusOf(cluster: ClusterStatus): ClusterStatus {
    const error = this.problem;
    return cluster.ok && error !== undefined
      ? { name: cluster.name, ok: false, error }
      : cluster;
  }

  #put(key: string, row: RayClusterRow): void {
    this.rows.set(key, row);
    if (row.job === undefined) {
      this.standing.set(key, row);
      this.#options.onChange();
    }
  }

  #remove(key: string): void {
    this.rows.delete(key);
    if (this.standing.delete(key)) {
      this.#options.onChange();
    }
  }
}
