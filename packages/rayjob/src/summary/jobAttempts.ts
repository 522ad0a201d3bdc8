import type { RayJob } from '../objects/kubernetes';
import { isTerminal, jobState } from '../state/jobState';
import { jobAttempt } from './jobSummary';
import type { JobAttempt, JobSummary } from './types';

/** What names one run of a job: KubeRay makes a new pair for each. */
export type AttemptRun = Pick<JobAttempt, 'jobId' | 'rayCluster'>;

function runOf({ status }: RayJob): AttemptRun {
  return {
    jobId: status?.jobId || undefined,
    rayCluster: status?.rayClusterName || undefined,
  };
}

const isNamed = ({ jobId, rayCluster }: AttemptRun) =>
  jobId !== undefined || rayCluster !== undefined;

const differ = (a: string | undefined, b: string | undefined) =>
  a !== undefined && b !== undefined && a !== b;

/**
 * True once an attempt is over for a job: another run has begun, or KubeRay has
 * taken the names of this one away, which it does when it suspends or retries.
 */
export function hasLeftRun(run: AttemptRun, job: RayJob): boolean {
  const now = runOf(job);
  return isNamed(now)
    ? differ(run.jobId, now.jobId) || differ(run.rayCluster, now.rayCluster)
    : isNamed(run);
}

/** True for a run that KubeRay has ended to suspend the job. */
const wasSuspended = ({ state, endedAt, ...run }: JobAttempt) =>
  state === 'suspended' && (endedAt !== undefined || isNamed(run));

/** The same, also where the platform has suspended the job to stop it. */
const madeRoom = (attempt: JobAttempt, job: RayJob) =>
  wasSuspended(attempt) ||
  (attempt.state === 'stopped' && hasLeftRun(attempt, job));

/** True for an attempt that can't change any more. */
export function isAttemptOver(attempt: JobAttempt): boolean {
  return isTerminal(attempt.state) || wasSuspended(attempt);
}

function isSuspended({ spec, status }: RayJob): boolean {
  const deployment = status?.jobDeploymentStatus ?? '';
  return (
    deployment === 'Suspended' ||
    deployment === 'Suspending' ||
    (deployment === '' && spec?.suspend === true)
  );
}

function suspended(
  last: JobAttempt,
  endedAt: string | undefined,
  isStopped = false,
): JobAttempt {
  const end = isStopped
    ? ({ state: 'stopped', reason: 'Stopped' } as const)
    : ({ state: 'suspended', reason: 'Suspended' } as const);
  return isTerminal(last.state)
    ? last
    : { ...last, ...end, endedAt: last.endedAt ?? endedAt };
}

/** The last attempt, as it stands now that another follows. */
function settled(last: JobAttempt, hasFailed: boolean): JobAttempt {
  if (isAttemptOver(last)) {
    return last;
  }
  if (!hasFailed && isNamed(last)) {
    return suspended(last, undefined);
  }
  return {
    ...last,
    state: 'failed',
    // Of any other state the reason tells why it was in that one.
    reason: last.state === 'retrying' ? last.reason : undefined,
  };
}

/**
 * The attempts of a job, in order, with what its object says now. KubeRay's
 * object knows the last one only, and `status.failed` does not count a run that
 * was suspended: so each change is added to what is known.
 *
 * @param known - the answer for the object before
 * @param seenAt - when the change was seen, where that is when it happened
 */
export function jobAttempts(
  known: readonly JobAttempt[],
  job: RayJob,
  seenAt?: string,
): readonly JobAttempt[] {
  const { status } = job;
  const { state, reason } = jobState(job);
  const last = known.at(-1);
  const now: Omit<JobAttempt, 'attempt'> = {
    ...runOf(job),
    startedAt: status?.startTime,
    entrypointStartedAt: status?.rayJobInfo?.startTime,
    // Of an attempt that is followed by another, KubeRay tells no end: Ray does.
    endedAt: status?.endTime ?? status?.rayJobInfo?.endTime,
    state,
    reason,
  };
  if (!last) {
    return [{ attempt: jobAttempt(job), ...now }];
  }
  const earlier = known.slice(0, -1);
  if (isSuspended(job) && isNamed(last)) {
    // KubeRay forgets which run it has suspended.
    const end = last.state === 'suspended' ? undefined : seenAt;
    return [...earlier, suspended(last, end, state === 'stopped')];
  }
  const suspensionsIn = (attempts: readonly JobAttempt[]) =>
    attempts.filter(one => madeRoom(one, job)).length;
  const least = jobAttempt(job) + suspensionsIn(known);
  if (!hasLeftRun(last, job) && least <= last.attempt) {
    const entrypointStartedAt =
      now.entrypointStartedAt ?? last.entrypointStartedAt;
    return [
      ...earlier,
      { attempt: last.attempt, ...now, entrypointStartedAt, head: last.head },
    ];
  }
  const failures = known.filter(one => one.state === 'failed').length;
  const before = settled(last, (status?.failed ?? 0) > failures);
  const settledBefore = [...earlier, before];
  const attempt = Math.max(
    last.attempt + 1,
    jobAttempt(job) + suspensionsIn(settledBefore),
  );
  // Until the next run has begun, KubeRay still tells when the last one did.
  const startedAt = isNamed(now) ? now.startedAt : undefined;
  return [...settledBefore, { attempt, ...now, startedAt }];
}

/** The attempts of a job as its row has it: with the number, and its pods' say. */
export function attemptsOfRow(
  attempts: readonly JobAttempt[],
  { state, reason, endedAt }: Pick<JobSummary, 'state' | 'reason' | 'endedAt'>,
): readonly JobAttempt[] {
  return attempts.map((attempt, i) =>
    i < attempts.length - 1 || isAttemptOver(attempt)
      ? attempt
      : { ...attempt, state, reason, endedAt: attempt.endedAt ?? endedAt },
  );
}
