import type { KubeClient, KubeObject } from '@ml-platform/kube';
import type { Pod } from '@ml-platform/rayjob';
import { Gathered } from '../util/Gathered';
import { KeyedSets } from '../util/KeyedSets';
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
  /** Jobs by what their pods belong to: several can run on one Ray cluster. */
  readonly #jobsOf = new KeyedSets<string>();
  readonly #ownersOf = new Map<string, readonly string[]>();
  readonly #onChange: (jobs: Iterable<string>) => void;
  readonly #changed = new Gathered(PAUSE, jobs => this.#tell([...jobs]));

  /** @param onChange - called with the keys of jobs, `<namespace>/<name>` */
  constructor(onChange: (jobs: Iterable<string>) => void) {
    this.#onChange = onChange;
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
      this.#touch(owner);
    }
  }

  remove(key: string): void {
    const owner = this.#store.ownerOf(key) ?? '';
    if (this.#isOwned(owner)) {
      this.#store.leave(key);
      this.#touch(owner);
    } else {
      this.#store.remove(key);
    }
  }

  /** As {@link PodStore.of}: without those whose last words are still to be told. */
  of(
    namespace: string,
    job: string,
    rayCluster: string | undefined,
    withLeft = false,
  ): readonly Pod[] {
    return this.#store.of(namespace, job, rayCluster, withLeft);
  }

  /** The jobs that an object belongs to: a pod, a Ray cluster, or one of a job's name. */
  jobsOf(kind: string, namespace: string, name: string): Iterable<string> {
    switch (kind) {
      case 'Pod':
        return this.#jobsOf.of(
          this.#store.ownerOf(`${namespace}/${name}`) ?? '',
        );
      case 'RayCluster':
        return this.#jobsOf.of(rayClusterKey(namespace, name));
      default:
        return this.#jobsOf.of(submitterKey(namespace, name));
    }
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
    owners.forEach(owner => this.#jobsOf.add(owner, job));
  }

  /** Notes that there is no such job any more. */
  unassign(job: string): void {
    const owners = this.#ownersOf.get(job) ?? [];
    owners.forEach(owner => this.#jobsOf.delete(owner, job));
    this.#ownersOf.delete(job);
    this.#store.settle(owners.filter(owner => !this.#isOwned(owner)));
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

  #isOwned(owner: string): boolean {
    return [...this.#jobsOf.of(owner)].length > 0;
  }

  #touch(owner: string): void {
    for (const job of this.#jobsOf.of(owner)) {
      this.#changed.add(job);
    }
  }

  /** Tells what pods said before they went, then that they went. */
  #tell(jobs: readonly string[]): void {
    this.#onChange(jobs);
    const owners = jobs.flatMap(job => this.#ownersOf.get(job) ?? []);
    const left = this.#store.settle(owners);
    this.#onChange(new Set(left.flatMap(owner => [...this.#jobsOf.of(owner)])));
  }
}
