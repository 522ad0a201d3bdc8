import {
  ConflictError,
  isError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { PODS, resourcePath, sleep, type KubeClient } from '@ml-platform/kube';
import { BUILD_CANCELLED, BUILD_WAITING } from './buildJob';
import { endOf, JOBS, type BuildJob, type BuildPod } from './buildJobTypes';
import { partObject } from './contextParts';
import { isLeft } from './standing';

/** Milliseconds for a Job, and what belongs to it, to go. */
const PATIENCE = 60_000;
/** Jobs left by their submitters that are looked at in one go. */
const MOST_LEFT = 100;
const MERGE = 'application/merge-patch+json';
/** What the API server answers where an object is gone, or isn't the one that is meant. */
const OTHERWISE = ['NotFoundError', 'ConflictError', 'InputError'];

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

  /** Creates a Job; answers undefined where somebody was faster. */
  async create(
    job: BuildJob,
    { signal }: Call = {},
  ): Promise<BuildJob | undefined> {
    try {
      return await this.#client.json<BuildJob>({
        method: 'POST',
        path: resourcePath(JOBS, this.#namespace),
        body: job,
        signal,
      });
    } catch (error) {
      if (error instanceof ConflictError) return undefined;
      throw error;
    }
  }

  /**
   * Lets a Job begin that waits, once it has its context. Can be done again.
   * @returns false where the Job is gone, or goes
   */
  async begin(
    job: BuildJob,
    parts: readonly Buffer[],
    { signal }: Call = {},
  ): Promise<boolean> {
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
          // The name is of this Job alone: somebody else who submits it was faster.
          if (!(error instanceof ConflictError)) throw error;
        });
    }
    const begun = await this.#patch(
      job,
      {
        metadata: { labels: { [BUILD_WAITING]: null } },
        spec: { suspend: false },
      },
      signal,
    );
    return begun !== undefined && !begun.metadata.deletionTimestamp;
  }

  /**
   * Ends a Job with its pods, and keeps it as the record of that; removes one that
   * waits.
   * @returns false where the Job has changed meanwhile
   */
  async cancel(job: BuildJob): Promise<boolean> {
    if (job.spec.suspend) {
      return this.remove(job);
    }
    const cancelled = await this.#patch(job, {
      metadata: { annotations: { [BUILD_CANCELLED]: 'true' } },
      // The Job's own controller ends the pods, whoever is away meanwhile.
      spec: { activeDeadlineSeconds: 1 },
    });
    if (!cancelled) return false;
    await this.#until(job, "doesn't end", now => endOf(now) !== undefined);
    return true;
  }

  /**
   * Removes a Job with all that belongs to it, as it was seen, and waits until it is gone.
   * @returns false where it has changed meanwhile
   */
  async remove(job: BuildJob): Promise<boolean> {
    if (!(await this.#delete(job))) return false;
    await this.#until(job, "doesn't go", () => false);
    return true;
  }

  /**
   * Removes the Jobs whose submitters came no further; nothing else would, as they never
   * end.
   */
  async removeLeft({ signal }: Call = {}): Promise<void> {
    const { items } = await this.#client.json<{ items: readonly BuildJob[] }>({
      path: resourcePath(JOBS, this.#namespace),
      query: { labelSelector: BUILD_WAITING, limit: MOST_LEFT },
      signal,
    });
    await Promise.all(items.filter(isLeft).map(job => this.#delete(job)));
  }

  #path(name: string): string {
    return resourcePath(JOBS, this.#namespace, name);
  }

  /** @returns the Job as it is now; undefined where it is another by now, or gone */
  async #patch(
    job: BuildJob,
    { metadata, ...changes }: { readonly metadata: object; spec: object },
    signal?: AbortSignal,
  ): Promise<BuildJob | undefined> {
    const { name, uid } = job.metadata;
    try {
      return await this.#client.json<BuildJob>({
        method: 'PATCH',
        path: this.#path(name),
        contentType: MERGE,
        body: { metadata: { ...metadata, uid }, ...changes },
        signal,
      });
    } catch (error) {
      if (!isError(error) || !OTHERWISE.includes(error.name)) throw error;
      const now = await this.find(name, { signal });
      if (now?.metadata.uid === uid) throw error;
      return undefined;
    }
  }

  /** @returns false where the Job has changed since it was seen */
  async #delete({ metadata }: BuildJob): Promise<boolean> {
    const { name, uid, resourceVersion } = metadata;
    try {
      await this.#client.text({
        method: 'DELETE',
        path: this.#path(name),
        body: {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          propagationPolicy: 'Foreground',
          preconditions: { uid, resourceVersion },
        },
      });
    } catch (error) {
      if (error instanceof ConflictError) return false;
      if (!(error instanceof NotFoundError)) throw error;
    }
    return true;
  }

  /** Waits until a Job is as it shall be, or gone. */
  async #until(
    { metadata: { name, uid } }: BuildJob,
    problem: string,
    done: (job: BuildJob) => boolean,
  ): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const now = await this.find(name);
      if (!now || now.metadata.uid !== uid || done(now)) return;
      if (Date.now() > deadline) {
        throw new ServiceUnavailableError(
          `The Job ${name} ${problem}; look at it with kubectl --namespace ${this.#namespace}`,
        );
      }
      await sleep(this.#pollMs);
    }
  }
}
