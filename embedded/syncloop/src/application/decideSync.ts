import { isDeepStrictEqual } from 'node:util';
import { Target } from '../compare/compareApplication';
import { SYNC_OPTIONS } from '../types';
import { ApplicationSpec, OperationState } from './Application';

export type Decision =
  | { readonly action: 'none'; readonly problem?: string }
  /** Look again after so many milliseconds. */
  | { readonly action: 'wait'; readonly ms: number }
  | {
      readonly action: 'sync';
      readonly targets: readonly Target[];
      /** Number of tries for this revision before this one. */
      readonly retryCount: number;
      readonly reason: 'revision' | 'retry' | 'selfHeal' | 'asked';
    };

/** Times that drift was corrected while the revision stayed the same. */
export interface HealRecord {
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly lastAt: number;
}

export interface DecisionInput {
  readonly spec: ApplicationSpec;
  readonly revision: string;
  readonly targets: readonly Target[];
  /** Every file in git could be read. */
  readonly complete: boolean;
  readonly last: OperationState | undefined;
  readonly heals: HealRecord | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const UNITS: Record<string, number> = { ms: 1, s: 1e3, m: 6e4, h: 36e5 };

/** Milliseconds of a Go duration as `1m30s`; a bare number is in seconds. */
export function durationMs(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) * 1e3;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
    (sum, [, value, unit]) => sum + Number(value) * UNITS[unit],
    0,
  );
}

/** Argo CD's waits between corrections of the same drift: 2, 6, 18 s, up to 5 min. */
function healWait({ count }: HealRecord): number {
  return count === 0 ? 0 : Math.min(300_000, 2_000 * 3 ** (count - 1));
}

/** Whether the object may be deleted now that git does not have it. */
export function mayPrune(
  { live }: Target,
  { prune, complete }: { readonly prune: boolean; readonly complete: boolean },
): boolean {
  const options = live?.metadata.annotations?.[SYNC_OPTIONS] ?? '';
  return (
    complete &&
    prune &&
    !live?.metadata.deletionTimestamp &&
    !options.split(',').some(option => option.trim() === 'Prune=false')
  );
}

function failedBefore(last: OperationState | undefined): Set<string> {
  return new Set(
    last?.syncResult?.resources
      .filter(({ status }) => status === 'SyncFailed')
      .map(({ group, kind, namespace, name }) =>
        [group, kind, namespace, name].join('/'),
      ),
  );
}

const idOf = ({ key: { group, kind, namespace = '', name } }: Target) =>
  [group, kind, namespace, name].join('/');

/** What automated sync has to do now, after Argo CD's rules. */
export function decideSync(input: DecisionInput): Decision {
  const { spec, revision, targets, complete, last, heals, now } = input;
  const { automated, retry } = spec.syncPolicy;
  if (!automated?.enabled) return { action: 'none' };
  const { prune } = automated;
  const work = targets.filter(
    target =>
      target.status === 'OutOfSync' &&
      (target.desired ||
        target.problem ||
        mayPrune(target, { prune, complete })),
  );
  if (work.length === 0) return { action: 'none' };
  const wanted = targets.filter(({ desired, problem }) => desired || problem);
  if (wanted.length === 0 && !automated.allowEmpty) {
    return {
      action: 'none',
      problem: 'auto-sync will wipe out all resources',
    };
  }
  const tried =
    last?.syncResult?.revision === revision &&
    isDeepStrictEqual(last.syncResult.source, spec.source);
  if (!tried) {
    return { action: 'sync', targets: work, retryCount: 0, reason: 'revision' };
  }
  const failed = failedBefore(last);
  const drifted = work.filter(target => !failed.has(idOf(target)));
  if (drifted.length > 0) {
    if (!automated.selfHeal && last?.phase === 'Succeeded') {
      return { action: 'none' };
    }
    const since = heals ? now - heals.lastAt : Infinity;
    const wait = heals ? healWait(heals) - since : 0;
    return wait > 0
      ? { action: 'wait', ms: wait }
      : {
          action: 'sync',
          targets: drifted,
          retryCount: last?.retryCount ?? 0,
          reason: 'selfHeal',
        };
  }
  const retries = last?.retryCount ?? 0;
  const limit = retry?.limit ?? 0;
  if (limit >= 0 && retries >= limit) return { action: 'none' };
  const { duration, factor, maxDuration } = retry?.backoff ?? {
    duration: '5s',
    factor: 2,
    maxDuration: '3m',
  };
  const pause = Math.min(
    durationMs(duration) * factor ** retries,
    durationMs(maxDuration),
  );
  const wait = Date.parse(last?.finishedAt ?? '') + pause - now;
  return wait > 0
    ? { action: 'wait', ms: wait }
    : {
        action: 'sync',
        targets: work,
        retryCount: retries + 1,
        reason: 'retry',
      };
}
