import { Target } from '../compare/compareApplication';
import { applicationSpec, OperationState } from './Application';
import { DecisionInput, decideSync, durationMs } from './decideSync';

const source = {
  repoURL: 'https://github.com/ml-platform/ml-platform',
  targetRevision: 'main',
  path: 'jobs',
  directory: { recurse: true },
};

function spec(automated: object | undefined = { prune: true, selfHeal: true }) {
  return applicationSpec.parse({
    project: 'default',
    source,
    destination: { name: 'workload-cluster' },
    syncPolicy: {
      automated,
      retry: {
        limit: 2,
        backoff: { duration: '5s', factor: 2, maxDuration: '8s' },
      },
    },
  });
}

function target(name: string, given: Partial<Target> = {}): Target {
  const key = {
    group: 'ray.io',
    version: 'v1',
    kind: 'RayJob',
    namespace: 'training',
    name,
  };
  const manifest = {
    apiVersion: 'ray.io/v1',
    kind: 'RayJob',
    metadata: { name },
  };
  return {
    key,
    desired: manifest,
    live: manifest,
    status: 'OutOfSync',
    ...given,
  };
}

const surplus = (name: string, annotations?: Record<string, string>) =>
  target(name, {
    desired: undefined,
    live: {
      apiVersion: 'ray.io/v1',
      kind: 'RayJob',
      metadata: { name, annotations },
    },
  });

const NOW = Date.parse('2026-01-01T00:01:00Z');

function last(given: {
  failed?: string[];
  revision?: string;
  retryCount?: number;
}): OperationState {
  const { failed = [], revision = 'r1', retryCount = 0 } = given;
  return {
    operation: {},
    phase: failed.length > 0 ? 'Failed' : 'Succeeded',
    message: '',
    startedAt: '2026-01-01T00:00:58Z',
    finishedAt: '2026-01-01T00:00:58Z',
    retryCount,
    syncResult: {
      revision,
      source: spec().source,
      resources: failed.map(name => ({
        group: 'ray.io',
        version: 'v1',
        kind: 'RayJob',
        namespace: 'training',
        name,
        status: 'SyncFailed' as const,
        message: 'invalid',
        syncPhase: 'Sync' as const,
      })),
    },
  };
}

function decide(given: Partial<DecisionInput>) {
  const decision = decideSync({
    spec: spec(),
    revision: 'r1',
    targets: [],
    complete: true,
    last: undefined,
    heals: undefined,
    now: NOW,
    ...given,
  });
  return decision.action === 'sync'
    ? { ...decision, targets: decision.targets.map(({ key }) => key.name) }
    : decision;
}

describe('decideSync', () => {
  const synced = target('synced', { status: 'Synced' });

  it('does nothing where all is in sync or sync is not automated', () => {
    expect(decide({ targets: [synced] })).toEqual({ action: 'none' });
    const manual = applicationSpec.parse({ ...spec(), syncPolicy: {} });
    expect(decide({ spec: manual, targets: [target('a')] })).toEqual({
      action: 'none',
    });
    expect(
      decide({ spec: spec({ enabled: false }), targets: [target('a')] }),
    ).toEqual({ action: 'none' });
  });

  it('syncs what differs for a new revision', () => {
    expect(
      decide({
        targets: [synced, target('a'), surplus('old')],
        last: last({ revision: 'r0' }),
      }),
    ).toMatchObject({
      action: 'sync',
      reason: 'revision',
      targets: ['a', 'old'],
      retryCount: 0,
    });
  });

  it('prunes only where it may', () => {
    const targets = [synced, surplus('old')];
    expect(decide({ targets, spec: spec({ selfHeal: true }) })).toEqual({
      action: 'none',
    });
    expect(decide({ targets, complete: false })).toEqual({ action: 'none' });
    const kept = surplus('kept', {
      'argocd.argoproj.io/sync-options': 'Prune=false',
    });
    expect(decide({ targets: [synced, kept] })).toEqual({ action: 'none' });
  });

  it('does not take the last object away unless that is allowed', () => {
    const targets = [surplus('old')];
    expect(decide({ targets })).toEqual({
      action: 'none',
      problem: 'auto-sync will wipe out all resources',
    });
    expect(
      decide({ targets, spec: spec({ prune: true, allowEmpty: true }) }),
    ).toMatchObject({ action: 'sync', targets: ['old'] });
  });

  it('corrects drift, at growing intervals, where it may', () => {
    const drift = { targets: [target('a')], last: last({}) };
    expect(decide(drift)).toMatchObject({ action: 'sync', reason: 'selfHeal' });
    expect(
      decide({ ...drift, heals: { count: 1, lastAt: NOW - 500 } }),
    ).toEqual({ action: 'wait', ms: 1_500 });
    expect(decide({ ...drift, heals: { count: 3, lastAt: NOW } })).toEqual({
      action: 'wait',
      ms: 18_000,
    });
    expect(decide({ ...drift, heals: { count: 20, lastAt: NOW } })).toEqual({
      action: 'wait',
      ms: 300_000,
    });
    expect(decide({ ...drift, spec: spec({ prune: true }) })).toEqual({
      action: 'none',
    });
  });

  it('tries a failed object again a few times, and applies the others', () => {
    const failed = {
      targets: [target('bad')],
      last: last({ failed: ['bad'] }),
    };
    expect(decide(failed)).toEqual({ action: 'wait', ms: 3_000 });
    expect(decide({ ...failed, now: NOW + 3_000 })).toMatchObject({
      action: 'sync',
      reason: 'retry',
      retryCount: 1,
    });
    expect(
      decide({
        ...failed,
        last: last({ failed: ['bad'], retryCount: 2 }),
        now: NOW + 60_000,
      }),
    ).toEqual({ action: 'none' });
    expect(
      decide({ ...failed, targets: [target('bad'), target('drifted')] }),
    ).toMatchObject({ reason: 'selfHeal', targets: ['drifted'] });
  });

  it.each([
    ['5s', 5_000],
    ['1m30s', 90_000],
    ['250ms', 250],
    ['1.5h', 5_400_000],
    ['7', 7_000],
  ])('reads %s', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });
});
