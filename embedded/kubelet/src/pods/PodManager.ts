import type { KubeClient } from '@ml-platform/kube';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  kinds,
  ObjectCache,
  type Pod,
} from '@ml-platform/embedded-controller-runtime';
import { hasRun, isOver, lostStatus, PLATFORM_RESTARTED } from './lostStatus';
import type { RunningContainer } from './ContainerRecord';
import type { PodDeps } from './PodDeps';
import { PodPlace } from './PodPlace';
import { PodWorker } from './PodWorker';

/** Keeps a worker for each pod that is bound to the node. */
export class PodManager {
  readonly #deps: PodDeps;
  readonly #cache: ObjectCache<Pod>;
  readonly #workers = new Map<string, PodWorker>();
  readonly #deleting = new Set<string>();
  readonly #work = new Set<Promise<void>>();
  #closing = false;

  constructor(options: {
    readonly deps: PodDeps;
    readonly client: KubeClient;
    readonly nodeName: string;
  }) {
    this.#deps = options.deps;
    this.#cache = new ObjectCache<Pod>({
      client: options.client,
      resource: kinds.pods,
      fieldSelector: `spec.nodeName=${options.nodeName}`,
      logger: options.deps.logger,
      handler: {
        changed: pod => this.#changed(pod),
        removed: pod => this.#removed(pod),
      },
    });
  }

  /** Watches until the signal. */
  run(signal: AbortSignal): Promise<void> {
    return this.#cache.run(signal);
  }

  /** Resolves when all pods of the node are known. */
  synced(): Promise<void> {
    return this.#cache.synced();
  }

  pod(namespace: string, name: string): Pod | undefined {
    return this.#cache.get(namespace, name);
  }

  worker(pod: Pod): PodWorker | undefined {
    return this.#workers.get(pod.metadata.uid);
  }

  /** The pods that have containers running, with those. */
  running(): {
    readonly pod: Pod;
    readonly containers: readonly RunningContainer[];
  }[] {
    return [...this.#workers.values()]
      .map(worker => ({ pod: worker.pod, containers: worker.running() }))
      .filter(({ containers }) => containers.length > 0);
  }

  /** Where the logs of a pod are, whether it runs or not. */
  place(pod: Pod): PodPlace {
    return (
      this.worker(pod)?.place ??
      new PodPlace({ dataDir: this.#deps.dataDir, pod })
    );
  }

  /** Removes, after the first list, what pods that are gone have left behind. */
  async sweep(): Promise<void> {
    await this.#cache.synced();
    const root = join(this.#deps.dataDir, 'pods');
    const known = new Set(
      this.#cache.list().map(({ metadata }) => metadata.uid),
    );
    for (const entry of await readdir(root).catch(() => [])) {
      const [namespace, name, uid] = entry.split('_');
      if (uid && !known.has(uid)) {
        const metadata = { namespace, name, uid, resourceVersion: '' };
        const pod: Pod = { metadata, spec: { containers: [] } };
        await this.place(pod).removeAll();
      }
    }
  }

  /** Ends all pods at once: they have failed, as the next start would say too. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(
      [...this.#workers.values()].map(each => each.fail(PLATFORM_RESTARTED)),
    );
    await Promise.all(this.#work);
  }

  #changed(pod: Pod): void {
    const { uid, deletionTimestamp } = pod.metadata;
    const worker = this.#workers.get(uid);
    worker?.update(pod);
    if (this.#closing) {
      return;
    }
    if (deletionTimestamp) {
      if (!this.#deleting.has(uid)) {
        this.#deleting.add(uid);
        this.#track(this.#delete(pod, worker));
      }
    } else if (!worker && !isOver(pod)) {
      if (hasRun(pod)) {
        this.#track(this.#markLost(pod));
      } else {
        const started = new PodWorker({ pod, deps: this.#deps });
        this.#workers.set(uid, started);
        void started.run();
      }
    }
  }

  #removed(pod: Pod): void {
    const { uid } = pod.metadata;
    const worker = this.#workers.get(uid);
    const place = this.place(pod);
    this.#workers.delete(uid);
    this.#deleting.delete(uid);
    const end = async () => {
      // Where it was deleted by force it still runs: it gets no time.
      await worker?.stop(0);
      await place.removeAll();
    };
    this.#track(end());
  }

  async #delete(pod: Pod, worker: PodWorker | undefined): Promise<void> {
    const seconds =
      pod.metadata.deletionGracePeriodSeconds ??
      pod.spec.terminationGracePeriodSeconds ??
      30;
    await worker?.stop(seconds * 1000);
    if (!this.#closing) {
      await this.#deps.api.remove(kinds.pods, pod, { gracePeriodSeconds: 0 });
    }
  }

  async #markLost(pod: Pod): Promise<void> {
    await this.place(pod).removeFiles();
    const { namespace, name, uid } = pod.metadata;
    await this.#deps.api.patch(
      kinds.pods,
      { namespace, name },
      { metadata: { uid }, status: lostStatus(pod, Date.now()) },
      'status',
    );
  }

  #track(work: Promise<void>): void {
    const tracked = work
      .catch(error => this.#deps.logger.error(`Pod: ${error}`))
      .finally(() => this.#work.delete(tracked));
    this.#work.add(tracked);
  }
}
