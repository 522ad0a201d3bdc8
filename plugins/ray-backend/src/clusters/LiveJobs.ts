import {
  compactJob,
  endedByRay,
  isTerminal,
  jobAttempts,
  jobQueue,
  jobState,
  jobSummary,
  keepCause,
  stoppedAt,
  submitterStarted,
  withHead,
  type JobAttempt,
  type JobSummary,
  type Pod,
  type QueueFacts,
  type RayJob,
} from '@ml-platform/rayjob';
import type { JobIndex } from '../jobs/JobIndex';
import { isRun, type JobRunRef } from '../jobs/jobRun';
import { keepMerge } from '../jobs/keepMerge';
import { queueKey } from '../kueue/ClusterQueues';
import type { JobQueues } from '../kueue/JobQueues';
import type { EventObject } from './JobEventFeed';
import type { JobObserver } from './JobObserver';
import { JobPods } from './JobPods';

/** What is kept of a RayJob: its row, and what its state follows from. */
interface LiveJob {
  readonly summary: JobSummary;
  readonly rayCluster?: string;
  /** None for a job that has ended with its first: its object tells as much. */
  readonly attempts: readonly JobAttempt[];
  /** Absent once the state can't change any more. */
  readonly source?: RayJob;
}

/** Names a job of the cluster, or one run of it. */
type LiveRef = Omit<JobRunRef, 'cluster'>;

export interface LiveJobsOptions {
  readonly cluster: string;
  readonly index: JobIndex;
  readonly queues: JobQueues;
  readonly observers?: readonly JobObserver[];
  /** What is known of a run's attempts from before it was watched here. */
  readonly attemptsBefore?: (ref: JobRunRef) => readonly JobAttempt[];
  /** How a run was shown last before it was watched here. */
  readonly stateBefore?: (
    ref: JobRunRef,
  ) =>
    | Pick<JobSummary, 'state' | 'reason' | 'message' | 'attempt' | 'gitops'>
    | undefined;
  readonly clock: () => Date;
}

const NO_ATTEMPTS: readonly JobAttempt[] = [];

/**
 * Brings the RayJobs, the Ray pods and the queues of one cluster together into
 * rows of the index: the pods say why a job does not get on, the queues why it
 * does not start.
 */
export class LiveJobs {
  readonly #options: LiveJobsOptions;
  /** The pods of these jobs. */
  readonly pods = new JobPods(jobs => this.showAll(jobs));
  readonly #jobs = new Map<string, LiveJob>();

  constructor(options: LiveJobsOptions) {
    this.#options = options;
  }

  /**
   * Takes up a RayJob as it is now, without keeping the object.
   * @param live - false for what a list brings, which may be long past
   */
  putJob(key: string, object: RayJob, live = true): void {
    const { cluster, observers, queues, clock } = this.#options;
    const row = jobSummary(cluster, object);
    this.pods.tellNow(key);
    if ((this.#jobs.get(key)?.summary.uid ?? row.uid) !== row.uid) {
      // Deleted and created again while nobody watched.
      this.removeJob(key);
    }
    const before = this.#attemptsSoFar(key) ?? this.#attemptsBefore(row);
    const seenAt = live ? clock().toISOString() : undefined;
    const attempts = jobAttempts(before, object, seenAt);
    const attempt = attempts.at(-1)?.attempt ?? row.attempt;
    const ended = isTerminal(row.state);
    // One that was stopped by suspending can be resumed.
    const settled = ended && !stoppedAt(object);
    const job: LiveJob = {
      summary: { ...row, attempt },
      rayCluster: object.status?.rayClusterName,
      attempts: settled && attempts.length === 1 ? NO_ATTEMPTS : attempts,
      source: ended ? undefined : compactJob(object),
    };
    this.#jobs.set(key, job);
    this.pods.assign(key, job.rayCluster);
    const { namespace, queue } = row;
    queues.follow(
      key,
      ended ? undefined : queue && queueKey(namespace, queue.name),
    );
    observers?.forEach(observer => observer.seen(cluster, object, attempts));
    this.#show(job);
  }

  removeJob(key: string): void {
    this.pods.tellNow(key);
    const job = this.#jobs.get(key);
    if (!job) {
      return;
    }
    const { index, observers, queues, clock } = this.#options;
    const shown = index.getLive(job.summary) ?? job.summary;
    const last = job.source
      ? endedByRay(shown, job.source, clock().toISOString())
      : shown;
    observers?.forEach(observer => observer.gone(last));
    this.pods.unassign(key);
    queues.follow(key, undefined);
    this.#jobs.delete(key);
    index.removeLive(last);
  }

  /** Removes the jobs; those that a successor has are its own by now. */
  handOver(successor?: LiveJobs): void {
    this.pods.stop();
    for (const key of this.#jobs.keys()) {
      if (!successor || !successor.#jobs.has(key)) {
        this.removeJob(key);
      }
    }
  }

  /** Shows the jobs anew whose pods, or place in their queue, changed. */
  showAll(keys: Iterable<string>): void {
    for (const key of keys) {
      const job = this.#jobs.get(key);
      if (job) {
        this.#show(job);
      }
    }
  }

  /** The pods of a job's current attempt; none of a run that is gone. */
  podsOf(ref: LiveRef): readonly Pod[] {
    const job = this.#find(ref);
    return job ? this.#podsOf(job) : [];
  }

  /** The runs that an object of the cluster belongs to, as far as they are known. */
  runsOf({ kind, namespace, name, uid }: EventObject): readonly JobSummary[] {
    return [...this.pods.jobsOf(kind, namespace, name)]
      .flatMap(key => this.#jobs.get(key)?.summary ?? [])
      .filter(run => kind !== 'RayJob' || isRun(run.uid, { uid }));
  }

  /** What is known of a run's attempts beside what its object tells. */
  attemptsOf(ref: LiveRef): readonly JobAttempt[] {
    return this.#find(ref)?.attempts ?? NO_ATTEMPTS;
  }

  #find(ref: LiveRef): LiveJob | undefined {
    const job = this.#jobs.get(`${ref.namespace}/${ref.name}`);
    return job && isRun(job.summary.uid, ref) ? job : undefined;
  }

  #podsOf({ summary, rayCluster }: LiveJob, withLeft = false): readonly Pod[] {
    const { namespace, name } = summary;
    return this.pods.of(namespace, name, rayCluster, withLeft);
  }

  /** With what the head says, which may go with the next change of the job. */
  #attemptsSoFar(key: string): readonly JobAttempt[] | undefined {
    const job = this.#jobs.get(key);
    return job && withHead(job.attempts, this.#podsOf(job));
  }

  #attemptsBefore(ref: JobRunRef): readonly JobAttempt[] {
    return this.#options.attemptsBefore?.(ref) ?? NO_ATTEMPTS;
  }

  #show(job: LiveJob): void {
    const { index, observers, stateBefore } = this.#options;
    const last = job.attempts.at(-1);
    const pods = job.source ? this.#podsOf(job, true) : [];
    if (last && job.source && submitterStarted(job.source, pods)) {
      observers?.forEach(one => one.submitted?.(job.summary, last));
    }
    const before = index.getLive(job.summary);
    const same =
      before?.uid === job.summary.uid ? before : stateBefore?.(job.summary);
    index.setLive(keepMerge(keepCause(this.#rowOf(job, pods), same), same));
  }

  /** The row with what pods and queues tell, while that can change it. */
  #rowOf(job: LiveJob, pods: readonly Pod[]): JobSummary {
    const { summary, source } = job;
    if (!source) {
      return summary;
    }
    const facts = this.#factsOf(job);
    const { state, reason, message } = jobState(source, pods, facts);
    const queue =
      state === 'queued' ? jobQueue(summary.queue?.name, facts) : summary.queue;
    return { ...summary, state, reason, message, queue };
  }

  #factsOf({ summary }: LiveJob): QueueFacts {
    const { namespace, uid, queue } = summary;
    return this.#options.queues.facts({ namespace, uid, queue: queue?.name });
  }
}
