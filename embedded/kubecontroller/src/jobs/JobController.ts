import type { KubeClient, Logger } from '@ml-platform/kube';
import {
  WorkQueue,
  type ReconcileResult,
  type EventRecorder,
  type KubeApi,
  kinds,
  ObjectCache,
  type Pod,
  parseTime,
  type Job,
  type JobStatus,
} from '@ml-platform/embedded-controller-runtime';
import { finished, isTracked } from './jobObjects';
import { type JobPlan, planJob, untilDeadline } from './jobPlan';
import { finalStatus, interimStatus, statusPatch } from './jobStatus';
import { JobPods } from './JobPods';

/** Runs `batch/v1` Jobs: makes their pods, counts them, and ends the job. */
export class JobController {
  readonly #api: KubeApi;
  readonly #jobPods: JobPods;
  readonly #events: EventRecorder;
  readonly #now: () => number;
  readonly #jobs: ObjectCache<Job>;
  readonly #pods: ObjectCache<Pod>;
  readonly #queue: WorkQueue;

  constructor(options: {
    readonly api: KubeApi;
    readonly client: KubeClient;
    readonly events: EventRecorder;
    readonly logger: Logger;
    readonly now?: () => number;
  }) {
    const { client, logger } = options;
    this.#api = options.api;
    this.#jobPods = new JobPods(options);
    this.#events = options.events;
    this.#now = options.now ?? Date.now;
    this.#queue = new WorkQueue({
      handle: key => this.#reconcile(key),
      onError: (key, error) => logger.debug(`Job ${key}: will retry: ${error}`),
    });
    const enqueue = (job: Job) => this.#queue.add(keyOf(job));
    this.#jobs = new ObjectCache<Job>({
      client,
      resource: kinds.jobs,
      logger,
      handler: {
        changed: enqueue,
        removed: enqueue,
      },
    });
    this.#pods = new ObjectCache<Pod>({
      client,
      resource: kinds.pods,
      labelSelector: 'batch.kubernetes.io/job-name',
      logger,
      handler: {
        changed: pod => this.#podChanged(pod),
        removed: pod => this.#podChanged(pod),
      },
    });
  }

  /** Runs until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    const watching = Promise.all([
      this.#jobs.run(signal),
      this.#pods.run(signal),
    ]);
    await Promise.race([
      Promise.all([this.#jobs.synced(), this.#pods.synced()]),
      watching,
    ]);
    for (const pod of this.#pods.list(isTracked)) {
      this.#podChanged(pod);
    }
    this.#queue.start();
    await watching;
    await this.#queue.stop();
  }

  #podChanged(pod: Pod): void {
    const owner = pod.metadata.ownerReferences?.find(
      ({ kind, controller }) => kind === 'Job' && controller,
    );
    if (owner) {
      this.#queue.add(`${pod.metadata.namespace}/${owner.name}`);
    }
  }

  async #reconcile(key: string): Promise<ReconcileResult> {
    const [namespace, name] = key.split('/');
    // Read anew: a count that is behind its pods would count one twice.
    const found = await this.#api.find<Job>(kinds.jobs, { namespace, name });
    if (!found || found.metadata.deletionTimestamp) {
      await this.#jobPods.release(await this.#jobPods.named(namespace, name));
      return {};
    }
    const job = { ...found, apiVersion: 'batch/v1', kind: 'Job' };
    const pods = (await this.#jobPods.named(namespace, name)).filter(pod =>
      pod.metadata.ownerReferences?.some(
        owner => owner.controller && owner.uid === job.metadata.uid,
      ),
    );
    if (finished(job)) {
      await this.#jobPods.release(pods);
      return this.#afterEnd(job);
    }
    return this.#step(job, pods);
  }

  async #step(job: Job, pods: readonly Pod[]): Promise<ReconcileResult> {
    const now = this.#now();
    const plan = planJob(job, pods, now);
    const { outcome } = plan;
    let status = job.status ?? {};
    const interim = interimStatus(job, plan, now);
    if (plan.newlyEnded.length > 0 || outcome.kind !== 'goes on') {
      // First what is known, then the pods may go, then they count.
      await this.#write(job, status, interim);
      await this.#jobPods.release(plan.newlyEnded);
      status = interim;
    }
    const { created, requeueAfterMs } = await this.#actOn(job, plan);
    await this.#write(job, status, finalStatus(interim, plan, created, now));
    this.#tellEnd(job, outcome);
    return { requeueAfterMs };
  }

  /** Creates or deletes pods; tells how many were made and when to look again. */
  async #actOn(
    job: Job,
    plan: JobPlan,
  ): Promise<{ created: number; requeueAfterMs?: number }> {
    const { outcome } = plan;
    if (outcome.kind !== 'goes on' || job.spec.suspend) {
      for (const pod of plan.active) {
        await this.#jobPods.remove(pod);
        this.#tell(
          job,
          'SuccessfulDelete',
          `Deleted pod: ${pod.metadata.name}`,
        );
      }
      return { created: 0 };
    }
    const deadline = untilDeadline(job, this.#now()) ?? Infinity;
    if (outcome.create > 0 && outcome.afterMs === 0) {
      for (let made = 0; made < outcome.create; made += 1) {
        const pod = await this.#jobPods.create(job);
        this.#tell(
          job,
          'SuccessfulCreate',
          `Created pod: ${pod.metadata.name}`,
        );
      }
      return { created: outcome.create, requeueAfterMs: finite(deadline) };
    }
    const wait = outcome.create > 0 ? outcome.afterMs : Infinity;
    return { created: 0, requeueAfterMs: finite(Math.min(wait, deadline)) };
  }

  async #afterEnd(job: Job): Promise<ReconcileResult> {
    const ttl = job.spec.ttlSecondsAfterFinished;
    const at = parseTime(finished(job)?.lastTransitionTime);
    if (ttl === undefined || at === undefined) {
      return {};
    }
    const left = at + ttl * 1000 - this.#now();
    if (left > 0) {
      return { requeueAfterMs: left };
    }
    await this.#api.remove(kinds.jobs, job, {
      propagationPolicy: 'Foreground',
    });
    return {};
  }

  async #write(job: Job, before: JobStatus, after: JobStatus): Promise<void> {
    const patch = statusPatch(before, after);
    if (patch) {
      const { namespace, name, uid } = job.metadata;
      await this.#api.patch(
        kinds.jobs,
        { namespace, name },
        { metadata: { uid }, status: patch },
        'status',
      );
    }
  }

  #tellEnd(job: Job, outcome: JobPlan['outcome']): void {
    if (outcome.kind === 'complete') {
      this.#tell(job, 'Completed', 'Job completed');
    } else if (outcome.kind === 'failed') {
      const { reason, message } = outcome.failure;
      this.#tell(job, reason, message, 'Warning');
    }
  }

  #tell(
    job: Job,
    reason: string,
    message: string,
    type: 'Normal' | 'Warning' = 'Normal',
  ): void {
    this.#events.record(job, { type, reason, message });
  }
}

function keyOf(job: Job): string {
  return `${job.metadata.namespace}/${job.metadata.name}`;
}

function finite(ms: number): number | undefined {
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
