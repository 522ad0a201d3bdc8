import {
  type KubeApi,
  ObjectCache,
  type CacheHandler,
  type Container,
  formatTime,
} from '@ml-platform/embedded-controller-runtime';
import type { Job, KubeObject, Pod } from '../kube/objects';
import { resources, type Resource } from '../kube/resources';
import type { Logger } from '@ml-platform/kube';
import { connectHead } from './connectHead';
import type { FakeDashboard } from './FakeDashboard';
import type { JobStatus } from '../crd/rayJob';

/** What happens to the pods and the Ray job of one attempt. */
export interface AttemptScript {
  /** Statuses of head and worker, one after the other. */
  readonly head: readonly Pod['status'][];
  readonly worker: readonly Pod['status'][];
  /** What Ray says of the job. */
  readonly job: readonly JobStatus[];
}

const STEP_MS = 15;

/**
 * A node without containers, for tests: plays the statuses of pods as they are
 * written in a script, and what the Job controller and the garbage collector
 * would do, which the embedded API server leaves to others.
 */
export class FakeNode {
  readonly #api: KubeApi;
  readonly #dashboard: FakeDashboard;
  readonly #attempt: (index: number) => AttemptScript | undefined;
  readonly #signal: AbortSignal;
  readonly #namespace: string;
  readonly #started = new Set<string>();
  readonly #pods: ObjectCache<Pod>;
  readonly #jobs: ObjectCache<Job>;
  readonly #clusters: ObjectCache<KubeObject>;
  readonly #services: ObjectCache<KubeObject>;
  /** Names of the RayClusters, in the order in which they came. */
  readonly clusters: string[] = [];
  #work = Promise.resolve();

  constructor(options: {
    readonly api: KubeApi;
    readonly dashboard: FakeDashboard;
    /** The script of the cluster that came as the first (0), second, … */
    readonly attempt: (index: number) => AttemptScript | undefined;
    /** Only what is in here is played. */
    readonly namespace: string;
    readonly logger: Logger;
    readonly signal: AbortSignal;
  }) {
    this.#api = options.api;
    this.#dashboard = options.dashboard;
    this.#attempt = options.attempt;
    this.#signal = options.signal;
    this.#namespace = options.namespace;
    const cacheOf = <T extends KubeObject>(
      resource: Resource,
      handler: CacheHandler<T> = {},
    ) =>
      new ObjectCache<T>({
        client: options.api.client,
        resource,
        logger: options.logger,
        handler,
      });
    this.#pods = cacheOf<Pod>(resources.pods, {
      changed: pod => this.#once(pod, () => this.#runPod(pod)),
    });
    this.#jobs = cacheOf<Job>(resources.jobs, {
      changed: job => this.#once(job, () => this.#runJob(job)),
    });
    this.#services = cacheOf(resources.services);
    this.#clusters = cacheOf(resources.rayClusters, {
      changed: cluster =>
        this.#once(cluster, async () => {
          this.clusters.push(cluster.metadata.name);
        }),
      removed: cluster => this.#do(() => this.#collect(cluster)),
    });
  }

  async run(): Promise<void> {
    const caches = [this.#clusters, this.#services, this.#pods, this.#jobs];
    await Promise.all(caches.map(cache => cache.run(this.#signal)));
    await this.#work;
  }

  #once(object: KubeObject, act: () => Promise<void>): void {
    const { uid, deletionTimestamp, namespace } = object.metadata;
    const isNew = !this.#started.has(uid) && !deletionTimestamp;
    if (isNew && namespace === this.#namespace) {
      this.#started.add(uid);
      this.#do(act);
    }
  }

  /** Side by side; what fails after the end of the test is of no interest. */
  #do(act: () => Promise<void>): void {
    const done = act().catch(error => {
      if (!this.#signal.aborted && error?.name !== 'NotFoundError') {
        throw error;
      }
    });
    this.#work = Promise.all([this.#work, done]).then(() => undefined);
  }

  async #runPod(pod: Pod): Promise<void> {
    const type = pod.metadata.labels?.['ray.io/node-type'];
    const cluster = pod.metadata.labels?.['ray.io/cluster'] ?? '';
    const script = this.#attempt(this.clusters.indexOf(cluster));
    const statuses = type === 'head' ? script?.head : script?.worker;
    if (type === 'head') {
      await connectHead(this.#api.client, pod, this.#dashboard);
    }
    for (const status of statuses ?? []) {
      await this.#pause(STEP_MS);
      await this.#setStatus(resources.pods, pod, this.#here(status));
    }
    const sidecar = pod.spec.containers.find(
      ({ name }) => name === 'ray-job-submitter',
    );
    if (sidecar && script) {
      const id = this.#submit(sidecar, script);
      await this.#untilEnd(id);
      const last = this.#here(statuses?.at(-1));
      await this.#setStatus(resources.pods, pod, {
        ...last,
        containerStatuses: last?.containerStatuses?.map(container =>
          container.name === sidecar.name
            ? {
                ...container,
                ready: false,
                state: {
                  terminated: {
                    exitCode: 0,
                    reason: 'Completed',
                    finishedAt: formatTime(Date.now()),
                  },
                },
              }
            : container,
        ),
      });
    }
  }

  async #runJob(job: Job): Promise<void> {
    const script = this.#attempt(this.clusters.length - 1);
    const [submitter] = job.spec.template.spec.containers;
    const startTime = formatTime(Date.now());
    await this.#setStatus(resources.jobs, job, { active: 1, startTime });
    await this.#pause(STEP_MS);
    await this.#untilEnd(this.#submit(submitter, script));
    const completionTime = formatTime(Date.now());
    await this.#setStatus(resources.jobs, job, {
      active: 0,
      succeeded: 1,
      completionTime,
      conditions: ['SuccessCriteriaMet', 'Complete'].map(type => ({
        type,
        status: 'True',
        reason: 'CompletionsReached',
        lastTransitionTime: completionTime,
      })),
    });
  }

  #submit(submitter: Container, script: AttemptScript | undefined): string {
    const { value = '' } =
      submitter.env?.find(({ name }) => name === 'RAY_JOB_SUBMISSION_ID') ?? {};
    this.#dashboard.submit(value, script?.job ?? []);
    return value;
  }

  /** A submitter ends after the job; here, once the controller knows of that. */
  async #untilEnd(id: string): Promise<void> {
    const ends = ['SUCCEEDED', 'FAILED', 'STOPPED'];
    while (!ends.includes(this.#dashboard.lastAnswered(id) ?? '')) {
      await this.#pause(STEP_MS);
    }
    await this.#pause(STEP_MS);
  }

  /** The status with the address at which the dashboard is. */
  #here(status: Pod['status']): Pod['status'] {
    const ip = this.#dashboard.host;
    return status?.podIP
      ? { ...status, podIP: ip, ...{ podIPs: [{ ip }] } }
      : status;
  }

  async #collect(owner: KubeObject): Promise<void> {
    const owned = (child: KubeObject) =>
      child.metadata.ownerReferences?.some(
        ({ uid }) => uid === owner.metadata.uid,
      ) ?? false;
    for (const pod of this.#pods.list(owned)) {
      await this.#api.remove(resources.pods, pod).catch(() => undefined);
    }
    for (const service of this.#services.list(owned)) {
      await this.#api
        .remove(resources.services, service)
        .catch(() => undefined);
    }
  }

  async #setStatus(
    resource: Resource,
    object: KubeObject,
    status: unknown,
  ): Promise<void> {
    await this.#api.patch(resource, object.metadata, { status }, 'status');
  }

  async #pause(ms: number): Promise<void> {
    await new Promise(resolve => setTimeout(resolve, ms));
    this.#signal.throwIfAborted();
  }
}
