import { KubeClient, kubeConfigAccess, resourcePath } from '@ml-platform/kube';
import {
  startTestApiServer,
  type TestApiServer,
} from '@ml-platform/embedded-apiserver/testUtils';
import type { RecordedEvent } from './recordings';
import type { RayCluster } from '../crd/rayCluster';
import type { JobStatus, RayJob, RayJobSpec } from '../crd/rayJob';
import { KubeApi } from '@ml-platform/embedded-controller-runtime';
import type { Job, KubeObject, Pod } from '../kube/objects';
import { resources, type Resource } from '../kube/resources';
import { startController, type ControllerOptions } from '../startController';
import { quietLogger, rayCluster } from './objects';
import { FakeDashboard } from './FakeDashboard';
import { FakeNode } from './FakeNode';
import { makeNamespace } from './replay';
import { eventually } from '@ml-platform/embedded-controller-runtime/testUtils';

const ready: Pod['status'] = {
  phase: 'Running',
  podIP: '127.0.0.1',
  conditions: [{ type: 'Ready', status: 'True' }],
};

export const namespace = 'training';

/** An API server, a node without containers, and a controller to be tested. */
export class TestCluster {
  readonly api: KubeApi;
  readonly dashboard: FakeDashboard;
  readonly #server: TestApiServer;
  /** What Ray says of each job; the last one for good. */
  job: readonly JobStatus[] = ['RUNNING'];
  /** What becomes of pods. */
  pods: readonly Pod['status'][] = [ready];
  #node: { node: FakeNode; stop(): Promise<void> } | undefined;
  #stopController: (() => Promise<void>) | undefined;

  private constructor(server: TestApiServer, dashboard: FakeDashboard) {
    this.#server = server;
    this.dashboard = dashboard;
    this.api = new KubeApi({
      client: new KubeClient({ access: kubeConfigAccess(server.kubeConfig) }),
    });
  }

  static async start(): Promise<TestCluster> {
    const server = await startTestApiServer();
    const cluster = new TestCluster(server, await FakeDashboard.start());
    await makeNamespace(cluster.api.client, namespace);
    cluster.startNode();
    return cluster;
  }

  startNode(): void {
    const stop = new AbortController();
    const node = new FakeNode({
      api: this.api,
      dashboard: this.dashboard,
      namespace,
      attempt: () => ({ head: this.pods, worker: this.pods, job: this.job }),
      logger: quietLogger,
      signal: stop.signal,
    });
    const done = node.run();
    this.#node = {
      node,
      stop: () => {
        stop.abort();
        return done;
      },
    };
  }

  async stopNode(): Promise<void> {
    await this.#node?.stop();
    this.#node = undefined;
  }

  startController(options: Partial<ControllerOptions> = {}): void {
    const stop = new AbortController();
    const { done } = startController({
      kubeConfig: this.#server.kubeConfig,
      logger: quietLogger,
      signal: stop.signal,
      pollMs: 50,
      ...options,
    });
    this.#stopController = () => {
      stop.abort();
      return done;
    };
  }

  async stopController(): Promise<void> {
    await this.#stopController?.();
    this.#stopController = undefined;
  }

  async close(): Promise<void> {
    await this.stopController();
    await this.stopNode();
    this.api.client.close();
    await this.dashboard.close();
    await this.#server.close();
  }

  submit(name: string, spec: RayJobSpec = {}): Promise<RayJob> {
    return this.api.create<RayJob>(resources.rayJobs, {
      apiVersion: 'ray.io/v1',
      kind: 'RayJob',
      metadata: { name, namespace },
      ...{
        spec: {
          entrypoint: 'python train.py',
          rayClusterSpec: rayCluster().spec,
          ...spec,
        },
      },
    });
  }

  createCluster(
    name: string,
    spec: Partial<RayCluster['spec']> = {},
  ): Promise<RayCluster> {
    return this.api.create<RayCluster>(resources.rayClusters, {
      apiVersion: 'ray.io/v1',
      kind: 'RayCluster',
      metadata: { name, namespace },
      ...{ spec: rayCluster(spec).spec },
    });
  }

  rayJob(name: string): Promise<RayJob> {
    return this.api.get<RayJob>(resources.rayJobs, { namespace, name });
  }

  rayCluster(name: string): Promise<RayCluster> {
    return this.api.get<RayCluster>(resources.rayClusters, { namespace, name });
  }

  rayClusters(): Promise<RayCluster[]> {
    return this.list<RayCluster>(resources.rayClusters);
  }

  allPods(): Promise<Pod[]> {
    return this.list<Pod>(resources.pods);
  }

  submitters(): Promise<Job[]> {
    return this.list<Job>(resources.jobs);
  }

  async eventsOf(name: string): Promise<string[]> {
    const events = await this.list<RecordedEvent>(resources.events);
    return events
      .filter(({ involvedObject }) => involvedObject.name === name)
      .sort((a, b) => ((a.eventTime ?? '') < (b.eventTime ?? '') ? -1 : 1))
      .map(({ reason }) => reason);
  }

  async list<T extends KubeObject>(resource: Resource): Promise<T[]> {
    return [...(await this.api.list<T>(resource, { namespace }))];
  }

  patch(resource: Resource, name: string, patch: object): Promise<KubeObject> {
    return this.api.patch(resource, { namespace, name }, patch);
  }

  async deletePod(name: string): Promise<void> {
    await this.api.client.text({
      method: 'DELETE',
      path: resourcePath(resources.pods, namespace, name),
      query: { gracePeriodSeconds: 0 },
    });
  }

  async setPodStatus(pod: Pod, status: Pod['status']): Promise<void> {
    await this.api.patch(resources.pods, pod.metadata, { status }, 'status');
  }

  /** Waits until the job is in the state, and returns it as it then is. */
  async jobIs(
    name: string,
    jobDeploymentStatus: string,
    jobStatus?: JobStatus,
  ): Promise<RayJob> {
    const holds = ({ status = {} }: RayJob) =>
      (status.jobDeploymentStatus ?? '') === jobDeploymentStatus &&
      (jobStatus === undefined || status.jobStatus === jobStatus);
    await eventually(async () => holds(await this.rayJob(name)), 20_000);
    const job = await this.rayJob(name);
    if (!holds(job)) {
      throw new Error(
        `RayJob ${name} is not ${jobDeploymentStatus} but ${JSON.stringify(job.status)}`,
      );
    }
    return job;
  }
}
