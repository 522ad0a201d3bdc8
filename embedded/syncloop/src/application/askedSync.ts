import { stringifyError } from '@backstage/errors';
import { Comparison, Target } from '../compare/compareApplication';
import {
  Application,
  ApplicationStatus,
  OperationState,
  SyncOperation,
  syncOperation,
} from './Application';
import { Decision, mayPrune } from './decideSync';

/** A sync that somebody asks for, or why it can't be done. */
export type AskedSync =
  | { readonly operation: SyncOperation; readonly problem?: undefined }
  | { readonly operation?: undefined; readonly problem: string };

/** Reads the field `operation` of an Application. */
export function askedSync({ operation }: Application): AskedSync | undefined {
  if (operation === undefined) return undefined;
  const { data, error } = syncOperation.safeParse(operation);
  return data
    ? { operation: data }
    : { problem: `The sync loop can't do this: ${stringifyError(error)}` };
}

/** Whether a sync is to bring an object: all, or those that it names. */
function isChosen({ key }: Target, { sync }: SyncOperation): boolean {
  return (
    sync.resources?.some(
      ({ group, kind, name, namespace }) =>
        group === key.group &&
        kind === key.kind &&
        name === key.name &&
        (namespace === undefined || namespace === key.namespace),
    ) ?? true
  );
}

/** The sync that was asked for: of what differs, whatever is automated. */
export function decideAsked(
  operation: SyncOperation,
  { targets, complete }: Comparison,
): Extract<Decision, { action: 'sync' }> {
  const { prune } = operation.sync;
  const work = targets.filter(
    target =>
      isChosen(target, operation) &&
      target.status === 'OutOfSync' &&
      (target.desired ||
        target.problem ||
        mayPrune(target, { prune, complete })),
  );
  return { action: 'sync', targets: work, retryCount: 0, reason: 'asked' };
}

/** How an operation stands that couldn't be begun. */
export function failedOperation(
  { operation }: Application,
  { problem }: AskedSync,
  { conditions = [] }: ApplicationStatus,
  now: string,
): OperationState {
  return {
    operation: operation instanceof Object ? operation : {},
    phase: 'Error',
    message:
      problem ??
      conditions.map(({ type, message }) => `${type}: ${message}`).join('; '),
    startedAt: now,
    finishedAt: now,
  };
}
