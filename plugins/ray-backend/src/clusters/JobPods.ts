import type { KubeClient, KubeObject } from '@ml-platform/kube';
import type { Pod } from '@ml-platform/rayjob';
import { Gathered } from '../util/Gathered';
import { PodStore, rayClusterKey, submitterKey } from './PodStore';
import type { Collection } from './watchCollection';

/** KubeRay puts it on every pod that it makes, submitters included. */
const RAY_PODS = 'app.kubernetes.io/created-by=kuberay-operator';

/** Milliseconds in which the changes of a job's pods become one. */
const PAUSE = 250;

/**
 * The Ray pods of one cluster, by the jobs that they belong to. Which jobs have pods that
 * changed is told once per pause: each of thousands of pods changes several times
 * as a job starts, and what they say together costs as much as there are pods.
 */
export class JobPods {
  readonly #store = new PodStore();
  /** Jobs by what their pods belong to. */
  readonly #jobOf = new Map<string, string>();
  readonly #ownersOf = new Map<string, readonly string[]>();
  readonly #onChange: (jobs: Iterable<string>) => void;
  readonly #changed: Gathered;

  /** @param onChange - called with the keys of jobs, `<namespace>/<name>` */
  constructor(onChange: (jobs: Iterable<string>) => void) {
    this.#onChange = onChange;
    this.#changed = new Gathered(PAUSE, jobs => {
      for (const job of jobs) {
        this.#tell(job);
      }
    });
  }

  /** The Ray pods of a path, to be watched. */
  collection(kube: KubeClient, path: string): Collection<Pod & KubeObject> {
    return {
      kube,
      path,
      labelSelector: RAY_PODS,
      upsert: (key, pod) => this.put(key, pod),
      remove: key => this.remove(key),
    };
  }

  put(key: string, pod: Pod): void {
    for (const owner of this.#store.put(key, pod)) {
      const job = this.#jobOf.get(owner);
      if (job) {
        this.#changed.add(job);
      }
    }
  }

  remove(key: string): void {
    const job = this.#jobOf.get(this.#store.ownerOf(key) ?? '');
    if (job) {
      this.#store.leave(key);
      this.#changed.add(job);
    } else {
      this.#store.remove(key);
    }
  }

  /** Submitter first, then head, then workers. */
  of(
    namespace: string,
    job: string,
    rayCluster: string | undefined,
  ): readonly Pod[] {
    return this.#store.of(namespace, job, rayCluster);
  }

  /** Notes the Ray cluster that a job has now, if any. */
  assign(job: string, rayCluster: string | undefined): void {
    this.unassign(job);
    const [namespace, name] = job.split('/');
    const owners = [
      submitterKey(namespace, name),
      ...(rayCluster ? [rayClusterKey(namespace, rayCluster)] : []),
    ];
    this.#ownersOf.set(job, owners);
    owners.forEach(owner => this.#jobOf.set(owner, job));
  }

  /** Notes that there is no such job any more. */
  unassign(job: string): void {
    const owners = this.#ownersOf.get(job) ?? [];
    owners.forEach(owner => this.#jobOf.delete(owner));
    this.#ownersOf.delete(job);
    this.#store.settle(owners);
  }

  /** Tells of a job now if its pods changed: it is about to change itself, or to go. */
  tellNow(job: string): void {
    if (this.#changed.take(job)) {
      this.#onChange([job]);
    }
  }

  /** Tells nothing any more. */
  stop(): void {
    this.#changed.clear();
  }

  /** Tells what pods said before they went, then that they went. */
  #tell(job: string): void {
    this.#onChange([job]);
    if (this.#store.settle(this.#ownersOf.get(job) ?? [])) {
      this.#onChange([job]);
    }
  }
}
