import { type RayJob, RAYJOBS } from '@ml-platform/rayjob';
import {
  resourcePath,
  type KubeClient,
  type KubeObject,
  type Watcher,
} from '@ml-platform/kube';

/** Milliseconds that a caller waits for a cluster who asks for an unknown job. */
const TIMEOUT = 2_000;

type JobWatcher = Watcher<RayJob & KubeObject>;

/**
 * Finds a job that its cluster has and the watch has not told of yet: whoever
 * has just submitted it asks for it at once, and the watch may be down.
 */
export class JobLookup {
  readonly #client: KubeClient;
  readonly #watchers = new Map<string, JobWatcher>();

  constructor(client: KubeClient) {
    this.#client = client;
  }

  /** @param namespace - that it watches; all where absent */
  add(namespace: string | undefined, watcher: JobWatcher): void {
    this.#watchers.set(namespace ?? '', watcher);
  }

  /** Shows a job as the answer to its submission has it, before the watch tells. */
  take(job: RayJob & KubeObject): void {
    this.#watcherOf(job.metadata.namespace ?? '')?.take(job);
  }

  /** Never throws: a job that can't be found now is one that is not known. */
  async look(namespace: string, name: string): Promise<void> {
    const watcher = this.#watcherOf(namespace);
    if (!watcher) {
      return;
    }
    try {
      const job = await this.#client.json<RayJob & KubeObject>({
        path: resourcePath(RAYJOBS, namespace, name),
        timeoutMs: TIMEOUT,
      });
      watcher.take(job);
    } catch {
      // The cluster's status says why, where it is more than that there is none.
    }
  }

  /** The watch that would tell of the jobs of a namespace, if any does. */
  #watcherOf(namespace: string): JobWatcher | undefined {
    return this.#watchers.get(namespace) ?? this.#watchers.get('');
  }
}
