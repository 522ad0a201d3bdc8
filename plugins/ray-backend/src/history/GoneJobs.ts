import { endedByRay, type JobSummary } from '@ml-platform/rayjob';
import type { Clusters } from '../clusters/Clusters';
import type { JobIndex } from '../jobs/JobIndex';
import type { HistoryStore } from './HistoryStore';

export interface GoneJobsOptions {
  readonly store: HistoryStore;
  readonly index: JobIndex;
  /** Called for each job that is found to be gone. */
  readonly onGone: (job: JobSummary) => void;
  readonly clock: () => Date;
}

/**
 * Finds the jobs that went while nobody watched: of each cluster once it is read,
 * and of those that are no longer configured once it is sure that they are not.
 */
export class GoneJobs {
  readonly #options: GoneJobsOptions;
  readonly #unread = new Set<string>();
  readonly #read = new Set<string>();

  constructor(options: GoneJobsOptions) {
    this.#options = options;
  }

  /** @param cluster - one that had jobs */
  expect(cluster: string): void {
    this.#unread.add(cluster);
  }

  /** Looks at what can be told by now. @returns true when nothing is left */
  async look(clusters: Clusters): Promise<boolean> {
    for (const cluster of this.#unread) {
      if (clusters.has(cluster)) {
        this.#unread.delete(cluster);
      } else if (clusters.complete) {
        this.#unread.delete(cluster);
        await this.#reconcile(cluster);
      }
    }
    for (const { name, synced, entry } of clusters.all()) {
      if (synced && !this.#read.has(name)) {
        this.#read.add(name);
        await this.#reconcile(name, entry.namespaces);
      }
    }
    return clusters.complete && clusters.all().every(({ synced }) => synced);
  }

  async #reconcile(
    cluster: string,
    namespaces?: readonly string[],
  ): Promise<void> {
    const { index, onGone } = this.#options;
    for (const [id, { uid }] of await this.#options.store.present(cluster)) {
      const [, namespace, name] = id.split('/');
      const ref = { cluster, namespace, name, uid };
      const watched = !namespaces || namespaces.includes(namespace);
      const last =
        watched && !index.getLive(ref) ? await this.#last(ref) : undefined;
      if (last && !index.getLive(ref)) {
        onGone(last);
      }
    }
  }

  /** The last row of a job, with how Ray said that it ended. */
  async #last(ref: {
    readonly cluster: string;
    readonly namespace: string;
    readonly name: string;
    readonly uid: string;
  }): Promise<JobSummary | undefined> {
    const { store, clock } = this.#options;
    const last = await store.summary(ref);
    const past = await store.detail(ref);
    return last && past
      ? endedByRay(last, past.manifest, clock().toISOString())
      : last;
  }
}
