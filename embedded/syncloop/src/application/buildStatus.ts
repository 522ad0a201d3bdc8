import { Comparison } from '../compare/compareApplication';
import { worstHealth } from '../compare/health';
import {
  ApplicationSpec,
  ApplicationStatus,
  Condition,
  HistoryEntry,
  OperationState,
  ResourceResult,
  SyncOperation,
} from './Application';

const HISTORY_KEPT = 10;

/** Conditions with the time at which each began. */
function stampConditions(
  conditions: readonly Condition[],
  before: readonly Condition[] | undefined,
  now: string,
): Condition[] {
  return conditions.map(condition => ({
    ...condition,
    lastTransitionTime:
      before?.find(
        ({ type, message }) =>
          type === condition.type && message === condition.message,
      )?.lastTransitionTime ?? now,
  }));
}

/** The status after a comparison. */
export function comparedStatus(input: {
  readonly spec: ApplicationSpec;
  readonly revision: string;
  readonly comparison: Comparison;
  readonly conditions: readonly Condition[];
  readonly before: ApplicationStatus | undefined;
  readonly now: string;
}): ApplicationStatus {
  const { spec, revision, comparison, conditions, before, now } = input;
  const { targets } = comparison;
  const inSync = targets.every(({ status }) => status === 'Synced');
  const health = worstHealth(
    // An object that is only waiting to be pruned says nothing of the health.
    targets
      .filter(({ desired, problem }) => desired || problem)
      .flatMap(target => (target.health ? [target.health.status] : [])),
  );
  return {
    ...before,
    sync: {
      status: inSync && comparison.complete ? 'Synced' : 'OutOfSync',
      revision,
      comparedTo: { source: spec.source, destination: spec.destination },
    },
    health: {
      status: health,
      lastTransitionTime:
        before?.health?.status === health
          ? before.health.lastTransitionTime
          : now,
    },
    resources: targets.map(target => ({
      ...target.key,
      status: target.status,
      ...(target.health ? { health: target.health } : {}),
      ...(target.desired || target.problem
        ? {}
        : { requiresPruning: true as const }),
    })),
    conditions: stampConditions(conditions, before?.conditions, now),
    sourceType: 'Directory',
  };
}

/** The status where nothing could be compared; what was known stays. */
export function failedStatus(input: {
  readonly condition: Condition;
  readonly before: ApplicationStatus | undefined;
  readonly now: string;
}): ApplicationStatus {
  const { condition, before, now } = input;
  return {
    ...before,
    sync: { ...before?.sync, status: 'Unknown' },
    health: before?.health ?? { status: 'Unknown', lastTransitionTime: now },
    conditions: stampConditions([condition], before?.conditions, now),
  };
}

/** Results of a partial sync over those of the objects that it left alone. */
export function mergeResults(
  earlier: readonly ResourceResult[],
  results: readonly ResourceResult[],
): ResourceResult[] {
  const id = ({ group, kind, namespace, name }: ResourceResult) =>
    [group, kind, namespace, name].join('/');
  const redone = new Set(results.map(id));
  return [...earlier.filter(result => !redone.has(id(result))), ...results];
}

/** How a sync ended, as `status.operationState` has it. */
export function finishedOperation(input: {
  readonly spec: ApplicationSpec;
  /** What was asked for; absent for a sync that is automated. */
  readonly asked?: SyncOperation;
  readonly revision: string;
  readonly results: readonly ResourceResult[];
  readonly retryCount: number;
  readonly startedAt: string;
  readonly now: string;
}): OperationState {
  const { spec, asked, revision, results, retryCount, startedAt, now } = input;
  const automated = {
    initiatedBy: { automated: true },
    sync: { revision, prune: spec.syncPolicy.automated?.prune ?? false },
  };
  const failed = results.filter(({ status }) => status === 'SyncFailed');
  const message =
    failed.length === 0
      ? 'successfully synced (all tasks run)'
      : `one or more objects failed to apply: ${failed
          .map(
            ({ kind, name, message: reason }) => `${kind}/${name}: ${reason}`,
          )
          .join('; ')}`;
  return {
    operation: asked ?? automated,
    phase: failed.length === 0 ? 'Succeeded' : 'Failed',
    message,
    startedAt,
    finishedAt: now,
    retryCount,
    syncResult: { revision, source: spec.source, resources: results },
  };
}

/** The history with a successful sync of a new revision added. */
export function extendHistory(
  before: readonly HistoryEntry[] | undefined,
  operation: OperationState,
): readonly HistoryEntry[] | undefined {
  const { syncResult, phase, startedAt, finishedAt } = operation;
  const last = before?.at(-1);
  if (phase !== 'Succeeded' || !syncResult || !finishedAt) return before;
  if (last?.revision === syncResult.revision) return before;
  const entry = {
    id: (last?.id ?? -1) + 1,
    revision: syncResult.revision,
    deployStartedAt: startedAt,
    deployedAt: finishedAt,
    source: syncResult.source,
  };
  return [...(before ?? []), entry].slice(-HISTORY_KEPT);
}
