import { NotFoundError } from '@backstage/errors';
import { jobHeadService } from '../children/headService';
import { rayClusterForJob } from '../children/rayClusterForJob';
import { submitterJob } from '../children/submitter';
import { label } from '../crd/labels';
import { headServiceName, serviceFqdn } from '../crd/names';
import { portName } from '../crd/ports';
import type { RayCluster } from '../crd/rayCluster';
import {
  submissionModeOf,
  usesClusterSelector,
  type RayJob,
} from '../crd/rayJob';
import type {
  EventRecorder,
  KubeApi,
} from '@ml-platform/embedded-controller-runtime';
import type { Job, Pod, Service } from '../kube/objects';
import { resources } from '../kube/resources';
import { ChildWriter } from './ChildWriter';

/**
 * What belongs to one RayJob. Every child has a name that follows from the
 * job's spec or status, so that making it twice makes it once. Reads go to the
 * API server: what they tell decides about a job's fate.
 */
export class JobChildren {
  readonly #api: KubeApi;
  readonly #writer: ChildWriter;

  constructor(options: {
    readonly api: KubeApi;
    readonly events: EventRecorder;
  }) {
    this.#api = options.api;
    this.#writer = new ChildWriter(options);
  }

  cluster(job: RayJob): Promise<RayCluster | undefined> {
    const { rayClusterName } = job.status ?? {};
    return rayClusterName
      ? this.#api.find(resources.rayClusters, {
          namespace: job.metadata.namespace,
          name: rayClusterName,
        })
      : Promise.resolve(undefined);
  }

  submitter(job: RayJob): Promise<Job | undefined> {
    return this.#api.find(resources.jobs, job.metadata);
  }

  async head(cluster: RayCluster): Promise<Pod | undefined> {
    const { namespace, name } = cluster.metadata;
    const heads = await this.#api.list<Pod>(resources.pods, {
      namespace,
      labelSelector: `${label.cluster}=${name},${label.nodeType}=head`,
    });
    return heads.at(0);
  }

  /**
   * @throws {NotFoundError} when the cluster that the job selects is not
   * there
   */
  async ensureCluster(job: RayJob): Promise<RayCluster> {
    const existing = await this.cluster(job);
    if (existing) {
      return existing;
    }
    const { namespace } = job.metadata;
    const name = job.status?.rayClusterName ?? '';
    if (usesClusterSelector(job)) {
      this.#writer.warn(
        job,
        'RayClusterNotFound',
        'Validate',
        `RayCluster ${namespace}/${name} set in the clusterSelector is not found. It must be created manually`,
      );
      throw new NotFoundError(`RayCluster ${namespace}/${name} is not found`);
    }
    return this.#writer.create<RayCluster>(
      job,
      resources.rayClusters,
      rayClusterForJob(job, name),
      { what: 'RayCluster', reason: 'RayCluster', failing: 'RayCluster' },
    );
  }

  async ensureSubmitter(job: RayJob, cluster: RayCluster): Promise<Job> {
    const existing = await this.submitter(job);
    return (
      existing ??
      this.#writer.create<Job>(
        job,
        resources.jobs,
        submitterJob(job, cluster),
        {
          what: 'Kubernetes Job',
          reason: 'RayJobSubmitter',
          failing: 'new Kubernetes Job',
        },
      )
    );
  }

  /** The service named after the job; it follows from one attempt to the next. */
  async ensureService(job: RayJob, cluster: RayCluster): Promise<void> {
    if (usesClusterSelector(job)) {
      return;
    }
    const wanted = jobHeadService(job, cluster);
    const { namespace, name = '' } = wanted.metadata;
    const existing = await this.#api.find<Service>(resources.services, {
      namespace,
      name,
    });
    if (!existing) {
      await this.#writer.create(job, resources.services, wanted, {
        what: 'the service',
        reason: 'Service',
        failing: 'the service',
      });
      return;
    }
    const { selector } = wanted.spec;
    if (existing.spec.selector?.[label.cluster] !== selector?.[label.cluster]) {
      await this.#api.patch(
        resources.services,
        { namespace, name },
        {
          spec: { selector },
        },
      );
      this.#writer.note(
        job,
        'UpdatedService',
        'Update',
        `Updated the service ${namespace}/${name}`,
      );
    }
  }

  /** Where the submitter finds Ray's dashboard: host and port. */
  async dashboardAddress(cluster: RayCluster): Promise<string> {
    const { namespace } = cluster.metadata;
    const name = headServiceName(cluster);
    const service = await this.#api.get<Service>(resources.services, {
      namespace,
      name,
    });
    const port = service.spec.ports?.find(
      candidate => candidate.name === portName.dashboard,
    );
    if (!port) {
      throw new NotFoundError(
        `Service ${namespace}/${name} has no port named ${portName.dashboard}`,
      );
    }
    return `${serviceFqdn(name, namespace)}:${port.port}`;
  }

  /** Resolves to whether the job's own cluster is gone. */
  async deleteCluster(job: RayJob): Promise<boolean> {
    if (usesClusterSelector(job)) {
      return true;
    }
    const cluster = await this.cluster(job);
    return this.#writer.remove(job, resources.rayClusters, cluster, {
      what: 'cluster',
      reason: 'RayCluster',
    });
  }

  /** Resolves to whether the job's submitter, if it has one, is gone. */
  async deleteSubmitter(job: RayJob): Promise<boolean> {
    const mode = submissionModeOf(job);
    if (mode === 'HTTPMode' || mode === 'SidecarMode') {
      return true;
    }
    const submitter = await this.submitter(job);
    return this.#writer.remove(job, resources.jobs, submitter, {
      what: 'submitter K8s Job',
      reason: 'RayJobSubmitter',
    });
  }

  /** Gives up the workers of the job's cluster, and keeps its head. */
  async suspendWorkers(job: RayJob): Promise<void> {
    const cluster = await this.cluster(job);
    const groups = cluster?.spec.workerGroupSpecs ?? [];
    if (!cluster || groups.every(({ suspend }) => suspend)) {
      return;
    }
    const { namespace, name } = cluster.metadata;
    await this.#api.replace(resources.rayClusters, {
      ...cluster,
      spec: {
        ...cluster.spec,
        workerGroupSpecs: groups.map(group => ({ ...group, suspend: true })),
      },
    });
    this.#writer.note(
      job,
      'UpdatedRayCluster',
      'Update',
      `Set the \`suspend\` field to true for all worker groups in cluster ${namespace}/${name}`,
    );
  }
}
