import { ConflictError, CustomErrorBase } from '@backstage/errors';
import { label } from '../crd/labels';
import type { RayCluster } from '../crd/rayCluster';
import {
  type EventRecorder,
  type KubeApi,
  type ObjectCache,
  sentenceOf,
} from '@ml-platform/embedded-controller-runtime';
import type { Pod } from '../kube/objects';
import { resources } from '../kube/resources';
import type { ReconcileFailure } from './clusterStatus';
import { clusterPlan } from './clusterPlan';
import { isEmptyPlan, type PodDeletion, type PodPlan } from './podPlan';

/** A cluster's pods could not be brought to where they should be. */
export class PodFailure extends CustomErrorBase {
  name = 'PodFailure' as const;
  /** As in the ReplicaFailure condition; none where it only takes time. */
  readonly reason: string | undefined;

  constructor(message: string, reason?: string) {
    super(message);
    this.reason = reason;
  }
}

export interface PodPlanResult {
  /** The cluster's pods, as they are now. */
  readonly pods: readonly Pod[];
  readonly failure?: ReconcileFailure;
}

/** Carries out the {@link podPlan} of a cluster. */
export class PodPlanRunner {
  readonly #api: KubeApi;
  readonly #events: EventRecorder;
  readonly #pods: ObjectCache<Pod>;

  constructor(options: {
    readonly api: KubeApi;
    readonly events: EventRecorder;
    readonly pods: ObjectCache<Pod>;
  }) {
    this.#api = options.api;
    this.#events = options.events;
    this.#pods = options.pods;
  }

  known(cluster: RayCluster): Pod[] {
    const { namespace, name } = cluster.metadata;
    return this.#pods.list(
      ({ metadata }) =>
        metadata.namespace === namespace &&
        metadata.labels?.[label.cluster] === name,
    );
  }

  async run(cluster: RayCluster): Promise<PodPlanResult> {
    const known = this.known(cluster);
    const first = clusterPlan(cluster, known);
    if (isEmptyPlan(first)) {
      return { pods: known, failure: blockedBy(first) };
    }
    // The watch may lag behind this controller's own doings. What is decided
    // from a fresh list cannot be done twice, also after a restart.
    const fresh = await this.#list(cluster);
    const plan = clusterPlan(cluster, fresh);
    const made: Pod[] = [];
    try {
      for (const deletion of plan.deletions) {
        await this.#delete(cluster, deletion);
      }
      if (plan.note) {
        this.#events.record(cluster, {
          type: 'Normal',
          action: 'Delete',
          ...plan.note,
        });
      }
      for (const creation of plan.creations) {
        made.push(await this.#create(cluster, creation));
      }
    } catch (error) {
      if (error instanceof PodFailure) {
        const { message, reason } = error;
        return { pods: [...fresh, ...made], failure: { message, reason } };
      }
      throw error;
    }
    return { pods: [...fresh, ...made], failure: blockedBy(plan) };
  }

  async #list(cluster: RayCluster): Promise<readonly Pod[]> {
    const { namespace, name } = cluster.metadata;
    return this.#api.list<Pod>(resources.pods, {
      namespace,
      labelSelector: `${label.cluster}=${name}`,
    });
  }

  async #create(
    cluster: RayCluster,
    { pod, kind }: PodPlan['creations'][number],
  ): Promise<Pod> {
    const { namespace, name } = cluster.metadata;
    const what = kind === 'head' ? 'Head' : 'Worker';
    try {
      const made = await this.#api.create<Pod>(resources.pods, pod);
      this.#events.record(cluster, {
        type: 'Normal',
        reason: `Created${what}Pod`,
        action: 'Create',
        message: `Created ${kind} Pod ${namespace}/${made.metadata.name}`,
      });
      return made;
    } catch (error) {
      const which =
        kind === 'head'
          ? `head Pod ${namespace}/${pod.metadata.generateName}`
          : `worker Pod for the cluster ${namespace}/${name}`;
      const message = `Failed to create ${which}, ${sentenceOf(error)}`;
      this.#warn(cluster, `FailedToCreate${what}Pod`, 'Create', message);
      throw new PodFailure(message, `FailedCreate${what}Pod`);
    }
  }

  async #delete(
    cluster: RayCluster,
    { pod, kind, message }: PodDeletion,
  ): Promise<void> {
    const reasons = {
      head: ['DeletedHeadPod', 'FailedToDeleteHeadPod', 'FailedDeleteHeadPod'],
      worker: [
        'DeletedWorkerPod',
        'FailedToDeleteWorkerPod',
        'FailedDeleteWorkerPod',
      ],
      all: ['DeletedPod', 'FailedToDeletePodCollection', 'FailedDeleteAllPods'],
    };
    const [done, failed, condition] = reasons[kind];
    try {
      await this.#api.remove(resources.pods, pod);
    } catch (error) {
      // Another pod of that name by now: this one is gone, as was wanted.
      if (error instanceof ConflictError) {
        return;
      }
      const { namespace, name } = pod.metadata;
      const text = `Failed deleting Pod ${namespace}/${name}, ${sentenceOf(error)}`;
      this.#warn(cluster, failed, 'Delete', text);
      throw new PodFailure(text, condition);
    }
    if (message) {
      this.#events.record(cluster, {
        type: 'Normal',
        reason: done,
        action: 'Delete',
        message,
      });
    }
  }

  #warn(cluster: RayCluster, reason: string, action: string, message: string) {
    this.#events.record(cluster, { type: 'Warning', reason, action, message });
  }
}

function blockedBy(plan: PodPlan): ReconcileFailure | undefined {
  return plan.blocked === undefined ? undefined : { message: plan.blocked };
}
