import type { Application } from './application';
import { applicationFacts } from './applicationFacts';
import { jobSync, type SyncView } from './jobSync';

const JOB = { cluster: 'w', namespace: 'training', name: 'a' };
const ALL: SyncView = {
  all: true,
  covers: () => true,
  fileOf: ({ name }) => ({
    path: `jobs/${name}.yaml`,
    url: `https://g/${name}`,
  }),
};
const OWN: SyncView = { ...ALL, all: false, covers: () => false };

const rayJob = (name: string, status: string, more: object = {}) => ({
  group: 'ray.io',
  version: 'v1',
  kind: 'RayJob',
  namespace: 'training',
  name,
  status,
  ...more,
});
const failed = (name: string, message: string) =>
  rayJob(name, 'SyncFailed', { message, syncPhase: 'Sync' });

function application(
  status: Application['status'],
  more: Partial<Application> = {},
): Application {
  return {
    metadata: { name: 'jobs-training', namespace: 'argocd' },
    spec: {
      source: { repoURL: 'https://github.com/acme/jobs', path: 'jobs' },
      syncPolicy: { automated: { prune: true } },
    },
    status: { sync: { status: 'OutOfSync', revision: 'abc' }, ...status },
    ...more,
  };
}

const operationState = (
  phase: string,
  resources: object[] = [],
  message = 'one or more objects failed to apply',
) => ({
  phase,
  message,
  startedAt: '2026-11-29T10:00:00Z',
  finishedAt: '2026-11-29T10:00:02Z',
  syncResult: { revision: 'abc', resources },
});

const of = (app: Application, view = ALL) =>
  jobSync(JOB, applicationFacts(app), view);

describe('what an Application says of a job', () => {
  it('is synced when the cluster has what git says, whatever others do', () => {
    const app = application({
      health: { status: 'Degraded' },
      resources: [rayJob('a', 'Synced'), rayJob('b', 'OutOfSync')],
      operationState: operationState('Failed', [failed('b', 'no')]),
    });
    expect(of(app)).toEqual({
      state: 'synced',
      application: {
        namespace: 'argocd',
        name: 'jobs-training',
        health: 'Degraded',
      },
      automated: true,
      running: false,
      revision: 'abc',
      lastTriedAt: '2026-11-29T10:00:02Z',
    });
  });

  it('has not seen a file that it did not compare', () => {
    expect(
      of(application({ resources: [rayJob('b', 'Synced')] })),
    ).toMatchObject({
      state: 'not-seen',
      message: expect.stringContaining('every few minutes'),
    });
  });

  it('is out of sync until the next sync, which may be up to people', () => {
    const app = application({ resources: [rayJob('a', 'OutOfSync')] });
    expect(of(app)).toMatchObject({
      state: 'out-of-sync',
      message: expect.stringContaining('next sync'),
    });
    const manual = { ...app, spec: { ...app.spec, syncPolicy: {} } };
    expect(of(manual)).toMatchObject({
      automated: false,
      message: expect.stringContaining('by itself'),
    });
    const disabled = { automated: { enabled: false } };
    expect(
      of({ ...app, spec: { ...app.spec, syncPolicy: disabled } }).automated,
    ).toBe(false);
  });

  it("tells the job's own error first", () => {
    const app = application({
      resources: [rayJob('a', 'OutOfSync'), rayJob('b', 'OutOfSync')],
      operationState: operationState('Failed', [
        failed('b', 'other'),
        failed('a', 'Set spec.activeDeadlineSeconds'),
      ]),
    });
    for (const view of [ALL, OWN]) {
      const sync = of(app, view);
      expect(sync).toMatchObject({
        state: 'failed',
        error: 'Set spec.activeDeadlineSeconds',
      });
      expect(sync.blockedBy).toBeUndefined();
    }
  });

  it('names the files that hold it up, as far as the caller may see them', () => {
    const app = application({
      resources: [rayJob('a', 'OutOfSync'), rayJob('b', 'OutOfSync')],
      operationState: operationState('Running', [
        failed('b', 'too large'),
        {
          kind: 'ConfigMap',
          namespace: 'training',
          name: 'settings',
          status: 'SyncFailed',
          message: 'resource :ConfigMap is not permitted in project',
        },
      ]),
    });
    expect(of(app)).toMatchObject({
      state: 'blocked',
      running: true,
      blockedBy: [
        {
          kind: 'RayJob',
          name: 'b',
          path: 'jobs/b.yaml',
          url: 'https://g/b',
          message: 'too large',
        },
        { kind: 'ConfigMap', name: 'settings' },
      ],
    });
    expect(JSON.stringify(of(app, OWN))).not.toMatch(/too large|settings|"b"/);
    expect(of(app, OWN).message).toContain('Ask whoever runs the platform');
  });

  it('is not held up by a sync that applied it, or is under way', () => {
    const resources = [rayJob('a', 'OutOfSync')];
    const results = [failed('b', 'no'), rayJob('a', 'Synced')];
    const applied = operationState('Failed', results);
    expect(
      of(application({ resources, operationState: applied })),
    ).toMatchObject({
      state: 'out-of-sync',
      message: expect.stringContaining('next sync'),
    });
    const running = {
      ...operationState('Running', [failed('b', 'no')]),
      finishedAt: undefined,
    };
    expect(of(application({ resources, operationState: running })).state).toBe(
      'out-of-sync',
    );
  });

  it('is blocked where nothing can be compared, by words that not all may read', () => {
    const message = 'Failed to load target state: failed to unmarshal "b.yaml"';
    const app = application({
      sync: { status: 'Unknown' },
      resources: [rayJob('a', 'Synced')],
      conditions: [
        { type: 'ComparisonError', message },
        { type: 'SharedResourceWarning', message: 'x' },
      ],
    });
    expect(of(app)).toMatchObject({ state: 'blocked', error: message });
    expect(of(app, OWN).error).toBeUndefined();
    // One file alone can't be read: it may be the job's.
    const sync = { status: 'OutOfSync' };
    const some = { ...app, status: { ...app.status, sync } };
    expect(of(some).state).toBe('synced');
    const without = { ...some, status: { ...some.status, resources: [] } };
    expect(of(without)).toMatchObject({ state: 'not-seen', error: message });
  });

  it("passes on a failure that is no file's", () => {
    const app = application({
      resources: [rayJob('a', 'OutOfSync')],
      operationState: operationState('Error', [], 'cluster unreachable'),
    });
    expect(of(app)).toMatchObject({
      state: 'out-of-sync',
      error: 'cluster unreachable',
    });
  });

  it('says that the next sync deletes it', () => {
    const pruned = rayJob('a', 'OutOfSync', { requiresPruning: true });
    expect(of(application({ resources: [pruned] })).state).toBe('removing');
  });

  it('runs once it is asked for', () => {
    const status = { resources: [rayJob('a', 'OutOfSync')] };
    expect(of(application(status)).running).toBe(false);
    expect(of(application(status, { operation: {} })).running).toBe(true);
  });

  it('reads an Application that nobody has looked at yet', () => {
    const metadata = { name: 'new', namespace: 'argocd' };
    expect(of({ metadata })).toMatchObject({
      state: 'not-seen',
      automated: false,
    });
  });
});
