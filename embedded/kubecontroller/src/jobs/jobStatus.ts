import {
  type Condition,
  type Pod,
  formatTime,
  type Job,
  type JobStatus,
} from '@ml-platform/embedded-controller-runtime';
import type { JobPlan } from './jobPlan';

/** The conditions that a job gets on its way to its end. */
function endConditions(outcome: JobPlan['outcome']): {
  readonly first?: Partial<Condition>;
  readonly last?: Partial<Condition>;
} {
  switch (outcome.kind) {
    case 'complete': {
      const why = {
        reason: 'CompletionsReached',
        message: 'Reached expected number of succeeded pods',
      };
      return {
        first: { type: 'SuccessCriteriaMet', ...why },
        last: { type: 'Complete', ...why },
      };
    }
    case 'failed': {
      const { reason, message } = outcome.failure;
      return {
        first: { type: 'FailureTarget', reason, message },
        last: { type: 'Failed', reason, message },
      };
    }
    default:
      return {};
  }
}

/** The conditions with one more, or with that one changed. */
function withCondition(
  conditions: readonly Condition[] = [],
  added: Partial<Condition> & { readonly status?: string },
  now: number,
): readonly Condition[] {
  const { type = '', status = 'True', reason = '', message = '' } = added;
  const known = conditions.find(condition => condition.type === type);
  if (known?.status === status && known.reason === reason) {
    return conditions;
  }
  const time = formatTime(now);
  return [
    ...conditions.filter(condition => condition !== known),
    {
      type,
      status,
      reason,
      message,
      lastProbeTime: time,
      lastTransitionTime: time,
    },
  ];
}

/** Whether the job pauses, as its conditions should say. */
function suspension(job: Job): Partial<Condition> | undefined {
  const known = job.status?.conditions?.find(
    ({ type }) => type === 'Suspended',
  );
  if (job.spec.suspend) {
    return {
      type: 'Suspended',
      status: 'True',
      reason: 'JobSuspended',
      message: 'Job suspended',
    };
  }
  return known
    ? {
        type: 'Suspended',
        status: 'False',
        reason: 'JobResumed',
        message: 'Job resumed',
      }
    : undefined;
}

/**
 * The status before pods that have ended are counted: it names them, so that
 * none is forgotten or counted twice should the controller end here.
 */
export function interimStatus(job: Job, plan: JobPlan, now: number): JobStatus {
  const before = job.status ?? {};
  const { first } = endConditions(plan.outcome);
  const paused = suspension(job);
  let { conditions } = before;
  for (const added of [paused, first]) {
    conditions = added ? withCondition(conditions, added, now) : conditions;
  }
  const startTime = job.spec.suspend ? undefined : formatTime(now);
  return {
    ...before,
    active: plan.active.length || undefined,
    startTime: before.startTime ?? startTime,
    ready: plan.ready,
    terminating: plan.terminating,
    conditions,
    uncountedTerminatedPods: {
      ...uids('succeeded', plan.newlySucceeded),
      ...uids('failed', plan.newlyFailed),
    },
  };
}

/** @param created - pods made in this step */
export function finalStatus(
  interim: JobStatus,
  plan: JobPlan,
  created: number,
  now: number,
): JobStatus {
  const { outcome, succeeded, failed } = plan;
  const { last } = endConditions(outcome);
  const goesOn = outcome.kind === 'goes on';
  return {
    ...interim,
    active: (goesOn && plan.active.length + created) || undefined,
    uncountedTerminatedPods: {},
    ...(succeeded ? { succeeded } : {}),
    ...(failed ? { failed } : {}),
    ...(last
      ? { conditions: withCondition(interim.conditions, last, now), ready: 0 }
      : {}),
    ...(outcome.kind === 'complete' ? { completionTime: formatTime(now) } : {}),
  };
}

function uids(field: 'succeeded' | 'failed', pods: readonly Pod[]) {
  return pods.length > 0
    ? { [field]: pods.map(({ metadata }) => metadata.uid) }
    : {};
}

/** What differs between two statuses, as a merge patch; undefined if nothing. */
export function statusPatch(
  before: JobStatus,
  after: JobStatus,
): Record<string, unknown> | undefined {
  const patch: Record<string, unknown> = {};
  const old: Record<string, unknown> = { ...before };
  for (const [field, value] of Object.entries(after)) {
    if (JSON.stringify(old[field]) !== JSON.stringify(value)) {
      patch[field] =
        field === 'uncountedTerminatedPods'
          ? // A merge leaves what it does not name.
            { succeeded: null, failed: null, ...after.uncountedTerminatedPods }
          : (value ?? null);
    }
  }
  return Object.keys(patch).length > 0 ? patch : undefined;
}
