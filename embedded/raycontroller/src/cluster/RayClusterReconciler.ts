import { ConflictError, NotFoundError } from '@backstage/errors';
import { headlessWorkerService, headService } from '../children/headService';
import { label } from '../crd/labels';
import type { RayCluster } from '../crd/rayCluster';
import { isManagedElsewhere } from '../crd/rayJob';
import {
  type EventRecorder,
  type KubeApi,
  type ObjectCache,
  type ReconcileResult,
  sentenceOf,
} from '@ml-platform/embedded-controller-runtime';
import type { NewService, Pod, Service } from '../kube/objects';
import { resources } from '../kube/resources';
import {
  rayClusterNameProblem,
  rayClusterSpecProblem,
  rayClusterUpgradeProblem,
} from '../validation/validateRayCluster';
import {
  clusterStatus,
  clusterStatusChanged,
  type ReconcileFailure,
} from './clusterStatus';
import { PodFailure, PodPlanRunner } from './PodPlanRunner';
import { unsupportedParts } from './unsupported';
import { hostsPerReplica } from './workerGroups';

/** Looks again where nothing happened, in case something was missed. */
const RESYNC_MS = 300_000;

/** Brings the pods and services of a RayCluster, and its status, up to date. */
export class RayClusterReconciler {
  readonly #api: KubeApi;
  readonly #events: EventRecorder;
  readonly #clusters: ObjectCache<RayCluster>;
  readonly #services: ObjectCache<Service>;
  readonly #pods: PodPlanRunner;
  readonly #now: () => number;

  constructor(options: {
    readonly api: KubeApi;
    readonly events: EventRecorder;
    readonly clusters: ObjectCache<RayCluster>;
    readonly pods: ObjectCache<Pod>;
    readonly services: ObjectCache<Service>;
    readonly now: () => number;
  }) {
    this.#api = options.api;
    this.#events = options.events;
    this.#clusters = options.clusters;
    this.#services = options.services;
    this.#now = options.now;
    this.#pods = new PodPlanRunner(options);
  }

  async reconcile(namespace: string, name: string): Promise<ReconcileResult> {
    const cluster = this.#clusters.get(namespace, name);
    if (
      !cluster ||
      cluster.metadata.deletionTimestamp ||
      isManagedElsewhere(cluster.spec.managedBy) ||
      this.#refuse(cluster)
    ) {
      return {};
    }
    this.#warnOfUnsupported(cluster);
    let failure: ReconcileFailure | undefined;
    let service: Service | undefined;
    try {
      service = await this.#ensureServices(cluster);
    } catch (error) {
      failure = { message: sentenceOf(error) };
    }
    const result = failure
      ? { pods: this.#pods.known(cluster) }
      : await this.#pods.run(cluster);
    failure ??= result.failure;

    const status = clusterStatus({
      cluster,
      pods: result.pods,
      headService: service,
      failure,
      now: this.#now(),
    });
    if (clusterStatusChanged(cluster.status, status)) {
      await this.#api.replace(
        resources.rayClusters,
        { ...cluster, status },
        'status',
      );
    }
    if (failure) {
      throw new PodFailure(failure.message, failure.reason);
    }
    return { requeueAfterMs: RESYNC_MS };
  }

  /** Tells what is wrong with a cluster that KubeRay's rules forbid. */
  #refuse(cluster: RayCluster): boolean {
    const { namespace, name } = cluster.metadata;
    const problems = [
      {
        part: 'metadata',
        reason: 'InvalidRayClusterMetadata',
        problem: rayClusterNameProblem(name),
      },
      {
        part: 'spec',
        reason: 'InvalidRayClusterSpec',
        problem: rayClusterSpecProblem(cluster.spec),
      },
      {
        part: 'UpgradeStrategy',
        reason: 'InvalidRayClusterSpec',
        problem: rayClusterUpgradeProblem(cluster),
      },
    ];
    const found = problems.find(({ problem }) => problem !== undefined);
    if (!found) {
      return false;
    }
    this.#events.record(cluster, {
      type: 'Warning',
      reason: found.reason,
      action: 'Validate',
      message: `The RayCluster ${found.part} is invalid ${namespace}/${name}: ${found.problem}`,
    });
    return true;
  }

  /** Once, before anything of the cluster is made. */
  #warnOfUnsupported(cluster: RayCluster): void {
    const parts = cluster.status?.conditions
      ? []
      : unsupportedParts(cluster.spec);
    for (const message of parts) {
      this.#events.record(cluster, {
        type: 'Warning',
        reason: 'NotSupported',
        action: 'Validate',
        message,
      });
    }
  }

  async #ensureServices(cluster: RayCluster): Promise<Service | undefined> {
    const { namespace, name } = cluster.metadata;
    const groups = cluster.spec.workerGroupSpecs ?? [];
    if (groups.some(group => hostsPerReplica(group) > 1)) {
      await this.#ensureService(cluster, headlessWorkerService(cluster));
    }
    const [existing] = this.#services.list(
      service =>
        service.metadata.namespace === namespace &&
        service.metadata.labels?.[label.cluster] === name,
    );
    return existing ?? this.#ensureService(cluster, headService(cluster));
  }

  async #ensureService(
    cluster: RayCluster,
    service: NewService,
  ): Promise<Service> {
    const { namespace, name = '' } = service.metadata;
    const known = this.#services.get(namespace, name);
    if (known) {
      return known;
    }
    try {
      const made = await this.#api.create<Service>(resources.services, service);
      this.#events.record(cluster, {
        type: 'Normal',
        reason: 'CreatedService',
        action: 'Create',
        message: `Created service ${namespace}/${name}`,
      });
      return made;
    } catch (error) {
      if (error instanceof ConflictError) {
        return this.#api.get(resources.services, { namespace, name });
      }
      if (!(error instanceof NotFoundError)) {
        this.#events.record(cluster, {
          type: 'Warning',
          reason: 'FailedToCreateService',
          action: 'Create',
          message: `Failed creating service ${namespace}/${name}, ${sentenceOf(error)}`,
        });
      }
      throw error;
    }
  }
}
