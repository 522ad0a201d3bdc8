import { isError, NotFoundError } from '@backstage/errors';
import {
  isTerminal,
  type JobEvent,
  type JobRef,
  type JobSummary,
} from '@ml-platform/rayjob';
import { refOf, type JobChange } from '../jobs/jobChange';
import type { JobLogEnd, JobLogEvent, JobLogOptions } from '../platform/jobLog';
import type { JobDetail } from '../platform/jobViews';
import type { CallOptions, Platform } from '../platform/Platform';
import { JobFailedError, JobStoppedError, JobTimeoutError } from './jobErrors';

/** Lines of a failed job's log that its error carries. */
const LAST_LINES = 20;

/** How long to wait for a job. */
export interface WaitOptions extends CallOptions {
  /** Milliseconds; without an end where absent. */
  readonly timeout?: number;
}

/** One job. What it answers is asked anew each time. */
export class JobHandle {
  /** Its cluster, namespace and name. */
  readonly ref: JobRef;
  /** The pull request that asks for it, when it was submitted through git. */
  readonly pullRequestUrl: string | undefined;
  readonly #platform: Platform;

  constructor(platform: Platform, change: JobChange) {
    this.#platform = platform;
    this.ref = refOf(change.job);
    this.pullRequestUrl =
      change.via === 'git' ? change.pullRequestUrl : undefined;
  }

  /** Its name, which is unique in its namespace. */
  get name(): string {
    return this.ref.name;
  }

  /**
   * Its state, with the reason, and what it asks for.
   * @throws {NotFoundError} when the job is gone
   */
  async status(options?: CallOptions): Promise<JobSummary> {
    return (await this.describe(options)).summary;
  }

  /** State, attempts, pods, conditions and what can be read as a log. */
  describe(options?: CallOptions): Promise<JobDetail> {
    return this.#platform.getJob(this.ref, options);
  }

  /** What happened to it and to its pods, as Kubernetes tells it. */
  events(options?: CallOptions): Promise<JobEvent[]> {
    return this.#platform.jobEvents(this.ref, options);
  }

  /** The job now, and each time that it changes, until it has ended or is gone. */
  async *watch({ signal }: CallOptions = {}): AsyncGenerator<JobSummary, void> {
    const over = new AbortController();
    const { cluster, namespace, name } = this.ref;
    const changes = this.#platform.watchJobs(
      { cluster: [cluster], namespace: [namespace] },
      {
        name,
        signal: signal ? AbortSignal.any([signal, over.signal]) : over.signal,
      },
    );
    const isOurs = (job: JobRef) =>
      job.name === name && job.namespace === namespace;
    try {
      for await (const change of changes) {
        if (change.type === 'remove' && isOurs(change.job)) {
          return;
        }
        const job =
          change.type === 'snapshot'
            ? change.list.items.find(isOurs)
            : change.type === 'upsert' && isOurs(change.job) && change.job;
        if (job) {
          yield job;
          if (isTerminal(job.state)) {
            return;
          }
        }
      }
    } finally {
      over.abort();
    }
  }

  /**
   * Waits until the job has succeeded.
   *
   * @throws {JobFailedError} when it fails, with the cause and the last lines
   * @throws {JobStoppedError} when it is stopped or deleted
   * @throws {JobTimeoutError} when it takes longer
   */
  async wait({ timeout, signal }: WaitOptions = {}): Promise<JobSummary> {
    const limit =
      timeout === undefined ? undefined : AbortSignal.timeout(timeout);
    const signals = [signal, limit].filter(one => one !== undefined);
    let last: JobSummary | undefined;
    for await (const job of this.watch({ signal: AbortSignal.any(signals) })) {
      last = job;
    }
    signal?.throwIfAborted();
    last ??= await this.status();
    if (last.state === 'succeeded') {
      return last;
    }
    if (limit?.aborted && timeout !== undefined && !isTerminal(last.state)) {
      throw new JobTimeoutError(last, timeout);
    }
    const failure = { job: last, lastLines: await this.#lastLines() };
    throw last.state === 'failed'
      ? new JobFailedError(failure)
      : new JobStoppedError(failure);
  }

  /** The lines of its log, as they are written with `follow`. */
  async *logs(
    options: Partial<JobLogOptions> = {},
  ): AsyncGenerator<string, void> {
    for await (const event of this.logEvents(options)) {
      if (event.type === 'lines') {
        for (const { text } of event.lines) {
          yield text;
        }
      }
    }
  }

  /** Its log with times, sources, gaps and what it waits for. */
  async *logEvents(
    options: Partial<JobLogOptions> = {},
  ): AsyncGenerator<JobLogEvent, JobLogEnd> {
    const over = new AbortController();
    const { signal } = options;
    try {
      return yield* this.#platform.readLog(this.ref, {
        ...options,
        signal: signal ? AbortSignal.any([signal, over.signal]) : over.signal,
      });
    } finally {
      over.abort();
    }
  }

  /**
   * Stops it: on the cluster, or by a pull request where git owns it.
   * @throws {ConflictError} when it has ended, or can't be stopped from here
   */
  stop(options?: CallOptions): Promise<JobChange> {
    return this.#platform.stop(this.ref, options);
  }

  /** Starts another run with the same specification. */
  async retry(options?: CallOptions): Promise<JobHandle> {
    const change = await this.#platform.retry(this.ref, options);
    return new JobHandle(this.#platform, change);
  }

  /** Deletes it with its pods: on the cluster, or by a pull request where git owns it. */
  delete(options?: CallOptions): Promise<JobChange> {
    return this.#platform.delete(this.ref, options);
  }

  async #lastLines(): Promise<readonly string[]> {
    const lines: string[] = [];
    try {
      for await (const line of this.logs({ tail: LAST_LINES })) {
        lines.push(line);
      }
    } catch (error) {
      // Without a log, the cause alone has to do.
      if (!(isError(error) && error.name === NotFoundError.name)) {
        throw error;
      }
    }
    return lines.slice(-LAST_LINES);
  }
}
