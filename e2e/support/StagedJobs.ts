import {
  PODS,
  resourcePath,
  type KubeClient,
  type Resource,
} from '@ml-platform/kube';
import {
  RAY_LABEL_CLUSTER,
  RAYJOBS,
  type Pod,
  type RayJob,
} from '@ml-platform/rayjob';
import { embeddedCluster } from './embeddedCluster';

const NAMESPACE = 'training';
/** No operator and no scheduler takes up what names somebody else. */
const ELSEWHERE = 'kueue.x-k8s.io/multikueue';
const NOBODY = 'nobody';

/** A job and its pods, as far as it matters for what is told of it. */
export interface StagedJob {
  readonly job: {
    readonly metadata?: Partial<RayJob['metadata']>;
    readonly spec?: Partial<RayJob['spec']>;
    readonly status?: RayJob['status'];
  };
  readonly pods: readonly Pod[];
}

interface Body {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: RayJob['metadata'];
  readonly spec: object;
  readonly status?: object;
}

/** Jobs of the embedded platform whose state is what a test says, and stays so. */
export class StagedJobs {
  readonly #client: KubeClient;

  /** @param state - folder of the platform's state */
  constructor(state: string) {
    this.#client = embeddedCluster(state);
  }

  /** Makes a job that starts, and its pods. */
  async make(name: string, { job, pods }: StagedJob): Promise<void> {
    const cluster = `${name}-cluster`;
    await this.#create(RAYJOBS, {
      apiVersion: 'ray.io/v1',
      kind: 'RayJob',
      metadata: {
        ...job.metadata,
        name,
        namespace: NAMESPACE,
        labels: {
          'app.kubernetes.io/name': 'star-maps',
          'app.kubernetes.io/version': '1.4.0',
          ...job.metadata?.labels,
        },
      },
      spec: {
        entrypoint: 'python train.py',
        shutdownAfterJobFinishes: true,
        managedBy: ELSEWHERE,
        rayClusterSpec: {
          rayVersion: '2.55.1',
          headGroupSpec: {
            rayStartParams: {},
            template: {
              spec: {
                containers: [
                  { name: 'ray-head', image: 'localhost/star-maps:1.4.0' },
                ],
              },
            },
          },
        },
        ...job.spec,
      },
      status: {
        rayClusterName: cluster,
        jobDeploymentStatus: 'Initializing',
        startTime: job.status?.startTime,
      },
    });
    for (const { metadata, spec, status } of pods) {
      await this.#create(PODS, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          ...metadata,
          namespace: NAMESPACE,
          labels: {
            ...metadata.labels,
            'app.kubernetes.io/created-by': 'kuberay-operator',
            [RAY_LABEL_CLUSTER]: cluster,
          },
        },
        spec: { schedulerName: NOBODY, ...spec },
        status,
      });
    }
  }

  /** Gives a job its state, once the portal knows the pods that say why. */
  async settle(name: string, { job }: StagedJob): Promise<void> {
    const { rayClusterStatus, ...status } = job.status ?? {};
    const lastTransitionTime = new Date().toISOString();
    const conditions = rayClusterStatus?.conditions?.map(condition => ({
      lastTransitionTime,
      ...condition,
    }));
    await this.#setStatus(RAYJOBS, name, {
      ...status,
      ...(rayClusterStatus && {
        rayClusterStatus: { ...rayClusterStatus, conditions },
      }),
    });
  }

  async remove(name: string): Promise<void> {
    await this.#client.text({
      method: 'DELETE',
      path: resourcePath(PODS, NAMESPACE),
      query: {
        labelSelector: `${RAY_LABEL_CLUSTER}=${name}-cluster`,
        gracePeriodSeconds: 0,
      },
    });
    await this.#client.text({
      method: 'DELETE',
      path: resourcePath(RAYJOBS, NAMESPACE, name),
    });
  }

  /** An object with its status, which the API server takes in a request of its own. */
  async #create(resource: Resource, object: Body): Promise<void> {
    const { status, ...body } = object;
    await this.#client.json({
      method: 'POST',
      path: resourcePath(resource, NAMESPACE),
      body,
    });
    await this.#setStatus(resource, body.metadata.name, status);
  }

  async #setStatus(
    resource: Resource,
    name: string,
    status: object | undefined,
  ): Promise<void> {
    await this.#client.json({
      method: 'PATCH',
      path: resourcePath(resource, NAMESPACE, name, 'status'),
      body: { status },
      contentType: 'application/merge-patch+json',
    });
  }
}
