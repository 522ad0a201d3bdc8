import {
  ManagementCluster,
  type ManagementClusterOptions,
} from './ManagementCluster';

/** The clusters that manage others, each connected once however many need it. */
export class ManagementClusters {
  readonly #options: Omit<ManagementClusterOptions, 'name'>;
  readonly #clusters = new Map<string, ManagementCluster>();

  constructor(options: Omit<ManagementClusterOptions, 'name'>) {
    this.#options = options;
  }

  /** The cluster with this name in the section `kubernetes`. */
  get(name: string): ManagementCluster {
    const known = this.#clusters.get(name);
    const cluster = known ?? new ManagementCluster({ ...this.#options, name });
    this.#clusters.set(name, cluster);
    return cluster;
  }

  /** Watches all that were asked for until the signal aborts; never throws. */
  async run(signal: AbortSignal): Promise<void> {
    const clusters = [...this.#clusters.values()];
    await Promise.all(clusters.map(cluster => cluster.run(signal)));
  }
}
