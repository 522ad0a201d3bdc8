import { RAYJOBS } from '@ml-platform/rayjob';
import type {
  Application,
  ApplicationSource,
  ResourceName,
  ResourceStatus,
} from './application';

/** An object that a sync couldn't apply. */
export interface FailedResource {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly message: string;
}

/** The last sync, or the one that runs. Times are ISO 8601. */
export interface SyncAttempt {
  readonly phase: string;
  readonly message: string;
  readonly startedAt?: string;
  /** Also while Argo CD waits to try again. */
  readonly finishedAt?: string;
  readonly revision?: string;
  /** RayJobs that it applied, by `<namespace>/<name>`. */
  readonly applied: ReadonlySet<string>;
  readonly failed: readonly FailedResource[];
}

/** What of an Application says how jobs stand. */
export interface ApplicationFacts {
  readonly namespace: string;
  readonly name: string;
  readonly sources: readonly ApplicationSource[];
  /** Argo CD syncs by itself when git changes. */
  readonly automated: boolean;
  readonly syncStatus: string;
  /** Commit that was compared last. */
  readonly revision?: string;
  readonly health?: string;
  /** How each RayJob differs from git, by `<namespace>/<name>`. */
  readonly jobs: ReadonlyMap<
    string,
    Pick<ResourceStatus, 'status' | 'requiresPruning'>
  >;
  /** Why Argo CD couldn't compare git with the cluster. */
  readonly comparisonErrors: readonly string[];
  readonly attempt?: SyncAttempt;
  /** A sync was asked for, or runs. */
  readonly inOperation: boolean;
}

const COMPARISON_ERRORS: ReadonlySet<string> = new Set([
  'ComparisonError',
  'InvalidSpecError',
]);
const UNDER_WAY: ReadonlySet<string> = new Set(['Running', 'Terminating']);

/** @returns `<namespace>/<name>` */
export function resourceKey({ namespace = '', name = '' }: ResourceName) {
  return `${namespace}/${name}`;
}

export function isRayJob({ group, kind }: ResourceName): boolean {
  return group === RAYJOBS.group && kind === RAYJOBS.kind;
}

function attemptOf({ status }: Application): SyncAttempt | undefined {
  const state = status?.operationState;
  if (!state) {
    return undefined;
  }
  const results = state.syncResult?.resources ?? [];
  return {
    phase: state.phase ?? '',
    message: state.message ?? '',
    startedAt: state.startedAt,
    finishedAt: state.finishedAt,
    revision: state.syncResult?.revision,
    applied: new Set(
      results
        .filter(each => isRayJob(each) && each.status === 'Synced')
        .map(resourceKey),
    ),
    failed: results
      .filter(result => result.status === 'SyncFailed')
      .map(({ kind = '', namespace = '', name = '', message = '' }) => ({
        kind,
        namespace,
        name,
        message,
      })),
  };
}

/** Reads an Application. */
export function applicationFacts(application: Application): ApplicationFacts {
  const { metadata, spec, status, operation } = application;
  const automated = spec?.syncPolicy?.automated;
  const attempt = attemptOf(application);
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    sources: spec?.sources ?? (spec?.source ? [spec.source] : []),
    automated: automated !== undefined && automated.enabled !== false,
    syncStatus: status?.sync?.status ?? 'Unknown',
    revision: status?.sync?.revision,
    health: status?.health?.status,
    jobs: new Map(
      (status?.resources ?? [])
        .filter(isRayJob)
        .map(each => [
          resourceKey(each),
          { status: each.status, requiresPruning: each.requiresPruning },
        ]),
    ),
    comparisonErrors: (status?.conditions ?? []).flatMap(
      ({ type = '', message }) =>
        message && COMPARISON_ERRORS.has(type) ? [message] : [],
    ),
    attempt,
    inOperation: operation !== undefined || UNDER_WAY.has(attempt?.phase ?? ''),
  };
}
