import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { PODS, resourcePath, sleep, type KubeClient } from '@ml-platform/kube';
import { BUILD_CANCELLED } from './buildJob';
import { endOf, JOBS, type BuildJob, type BuildPod } from './buildJobTypes';
import { partObject } from './contextParts';

/** Milliseconds for a Job, and what belongs to it, to go. */
const PATIENCE = 60_000;
const MERGE = 'application/merge-patch+json';

interface Call {
  readonly signal?: AbortSignal;
}

/** The Jobs of builds in one namespace. */
export class BuildJobs {
  readonly #client: KubeClient;
  readonly #namespace: string;
  readonly #pollMs: number;

  constructor(options: {
    readonly client: KubeClient;
    readonly namespace: string;
    /** Milliseconds between two looks at what is waited for. */
    readonly pollMs: number;
  }) {
    this.#client = options.client;
    this.#namespace = options.namespace;
    this.#pollMs = options.pollMs;
  }

  async find(
    name: string,
    { signal }: Call = {},
  ): Promise<BuildJob | undefined> {
    try {
      return await this.#client.json<BuildJob>({
        path: this.#path(name),
        signal,
      });
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }

  /** Pods of a Job, in the order in which they came. */
  async pods(
    name: string,
    { signal }: Call = {},
  ): Promise<readonly BuildPod[]> {
    const { items } = await this.#client.json<{ items: readonly BuildPod[] }>({
      path: resourcePath(PODS, this.#namespace),
      query: { labelSelector: `batch.kubernetes.io/job-name=${name}` },
      signal,
    });
    const time = ({ metadata }: BuildPod) => metadata.creationTimestamp ?? '';
    return [...items].sort((a, b) => time(a).localeCompare(time(b)));
  }

  /**
   * Creates a Job; answers the one that is there where somebody was faster.
   */
  async create(job: BuildJob, { signal }: Call = {}): Promise<BuildJob> {
    const { name } = job.metadata;
    try {
      return await this.#client.json<BuildJob>({
        method: 'POST',
        path: resourcePath(JOBS, this.#namespace),
        body: job,
        signal,
      });
    } catch (error) {
      const found =
        error instanceof ConflictError && (await this.find(name, { signal }));
      if (found) return found;
      throw error;
    }
  }

  /** Lets a Job begin that waits, once it has its context. Can be done again. */
  async begin(
    job: BuildJob,
    parts: readonly Buffer[],
    { signal }: Call = {},
  ): Promise<void> {
    for (const [index, part] of parts.entries()) {
      const { resource, object } = partObject(job, index, part);
      await this.#client
        .json({
          method: 'POST',
          path: resourcePath(resource, this.#namespace),
          body: object,
          signal,
        })
        .catch(error => {
          // It has been left by somebody who came no further.
          if (!(error instanceof ConflictError)) throw error;
        });
    }
    await this.#patch(job.metadata.name, { spec: { suspend: false } }, signal);
  }

  /** Ends a Job with its pods, and keeps it as the record of that. */
  async cancel(job: BuildJob): Promise<void> {
    const { name } = job.metadata;
    if (job.spec.suspend) {
      await this.remove(name);
      return;
    }
    await this.#patch(name, {
      metadata: { annotations: { [BUILD_CANCELLED]: 'true' } },
      // The Job's own controller ends the pods, whoever is away meanwhile.
      spec: { activeDeadlineSeconds: 1 },
    });
    await this.#until(`The Job ${name} doesn't end`, async () => {
      const now = await this.find(name);
      return !now || endOf(now) !== undefined;
    });
  }

  /** Removes a Job with all that belongs to it. */
  async remove(name: string): Promise<void> {
    await this.#client
      .text({
        method: 'DELETE',
        path: this.#path(name),
        query: { propagationPolicy: 'Foreground' },
      })
      .catch(error => {
        if (!(error instanceof NotFoundError)) throw error;
      });
    await this.#until(
      `The Job ${name} doesn't go`,
      async () => !(await this.find(name)),
    );
  }

  #path(name: string): string {
    return resourcePath(JOBS, this.#namespace, name);
  }

  async #patch(
    name: string,
    body: object,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.#client.json({
      method: 'PATCH',
      path: this.#path(name),
      contentType: MERGE,
      body,
      signal,
    });
  }

  async #until(problem: string, done: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while (!(await done())) {
      if (Date.now() > deadline) {
        throw new ServiceUnavailableError(
          `${problem}; look at it with kubectl --namespace ${this.#namespace}`,
        );
      }
      await sleep(this.#pollMs);
    }
  }
}
