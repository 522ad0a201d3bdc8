import {
  type Pod,
  parseTime,
  type Job,
} from '@ml-platform/embedded-controller-runtime';
import { isTracked } from './jobObjects';

/** Milliseconds before a pod replaces a failed one: doubled up to the longest. */
const FIRST_BACKOFF_MS = 10_000;
const LONGEST_BACKOFF_MS = 600_000;

/** Why a job fails, in the words of kube-controller-manager. */
export interface JobFailure {
  readonly reason: 'BackoffLimitExceeded' | 'DeadlineExceeded';
  readonly message: string;
}

/** What the pods of a job mean for it. */
export interface JobPlan {
  readonly active: readonly Pod[];
  readonly ready: number;
  readonly terminating: number;
  /** Ended, and not counted yet. */
  readonly newlySucceeded: readonly Pod[];
  readonly newlyFailed: readonly Pod[];
  /** Both of them. */
  readonly newlyEnded: readonly Pod[];
  /** Counts with the newly ended. */
  readonly succeeded: number;
  readonly failed: number;
  readonly outcome:
    | {
        readonly kind: 'goes on';
        readonly create: number;
        readonly afterMs: number;
      }
    | { readonly kind: 'complete' }
    | { readonly kind: 'failed'; readonly failure: JobFailure };
}

/**
 * Decides what is next for a job from its pods.
 * https://kubernetes.io/docs/concepts/workloads/controllers/job/
 *
 * @param now - ms since the epoch
 */
export function planJob(job: Job, pods: readonly Pod[], now: number): JobPlan {
  const { status = {} } = job;
  const ended = pods.filter(pod => endOf(pod) !== undefined && isTracked(pod));
  const newlySucceeded = ended.filter(pod => endOf(pod) === 'Succeeded');
  const newlyFailed = ended.filter(pod => endOf(pod) === 'Failed');
  const uncounted = status.uncountedTerminatedPods ?? {};
  const succeeded =
    (status.succeeded ?? 0) + union(newlySucceeded, uncounted.succeeded);
  const failed = (status.failed ?? 0) + union(newlyFailed, uncounted.failed);
  const running = pods.filter(pod => endOf(pod) === undefined);
  const active = running.filter(pod => !pod.metadata.deletionTimestamp);
  return {
    active,
    ready: active.filter(isReady).length,
    terminating: running.length - active.length,
    newlySucceeded,
    newlyFailed,
    newlyEnded: ended,
    succeeded,
    failed,
    outcome: outcomeOf(job, pods, { active, succeeded, failed }, now),
  };
}

/** Milliseconds until the job's deadline; undefined where it has none. */
export function untilDeadline(job: Job, now: number): number | undefined {
  const startedAt = parseTime(job.status?.startTime);
  const seconds = job.spec.activeDeadlineSeconds;
  return seconds === undefined || startedAt === undefined
    ? undefined
    : startedAt + seconds * 1000 - now;
}

function outcomeOf(
  job: Job,
  pods: readonly Pod[],
  counts: {
    readonly active: readonly Pod[];
    readonly succeeded: number;
    readonly failed: number;
  },
  now: number,
): JobPlan['outcome'] {
  const { active, succeeded, failed } = counts;
  const { parallelism = 1, completions, backoffLimit = 6, suspend } = job.spec;
  const restarts = active
    .flatMap(pod => pod.status?.containerStatuses ?? [])
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
  if (failed > backoffLimit || (restarts > 0 && restarts >= backoffLimit)) {
    return {
      kind: 'failed',
      failure: {
        reason: 'BackoffLimitExceeded',
        message: 'Job has reached the specified backoff limit',
      },
    };
  }
  if ((untilDeadline(job, now) ?? Infinity) <= 0) {
    return {
      kind: 'failed',
      failure: {
        reason: 'DeadlineExceeded',
        message: 'Job was active longer than specified deadline',
      },
    };
  }
  const complete =
    completions === undefined
      ? succeeded > 0 && active.length === 0
      : succeeded >= completions;
  if (complete) {
    return { kind: 'complete' };
  }
  // Without completions, a first success means that no more is wanted.
  const left =
    completions === undefined ? parallelism : completions - succeeded;
  const over = completions === undefined && succeeded > 0;
  const wanted = over ? 0 : Math.min(parallelism, left);
  return {
    kind: 'goes on',
    create: suspend ? 0 : Math.max(0, wanted - active.length),
    afterMs: backoffLeft(pods, failed, now),
  };
}

/** How long a replacement still has to wait. */
function backoffLeft(
  pods: readonly Pod[],
  failed: number,
  now: number,
): number {
  if (failed === 0) {
    return 0;
  }
  const lastFailure = Math.max(
    0,
    ...pods.filter(pod => endOf(pod) === 'Failed').map(endTime),
  );
  const wait = Math.min(
    FIRST_BACKOFF_MS * 2 ** (failed - 1),
    LONGEST_BACKOFF_MS,
  );
  return Math.max(0, lastFailure + wait - now);
}

function endTime(pod: Pod): number {
  const times = (pod.status?.containerStatuses ?? []).map(
    ({ state }) => parseTime(state?.terminated?.finishedAt) ?? 0,
  );
  return Math.max(parseTime(pod.metadata.creationTimestamp) ?? 0, ...times);
}

function endOf(pod: Pod): 'Succeeded' | 'Failed' | undefined {
  const phase = pod.status?.phase;
  return phase === 'Succeeded' || phase === 'Failed' ? phase : undefined;
}

function isReady(pod: Pod): boolean {
  return (
    pod.status?.conditions?.some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    ) ?? false
  );
}

function union(pods: readonly Pod[], uids: readonly string[] = []): number {
  return new Set([...uids, ...pods.map(({ metadata }) => metadata.uid)]).size;
}
