import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Octokit } from 'octokit';
import { startTestApiServer, TestApiServer } from '../apiserver/testing';
import {
  startTestGitHost,
  TEST_TOKEN,
  TestGitHost,
} from '../githost/testGitHost';
import { Logger } from '../platformTypes';
import { Application } from './application/Application';
import { startSyncLoop, SyncLoop } from './startSyncLoop';

jest.setTimeout(60_000);

const repo = { owner: 'ml-platform', repo: 'ml-platform' };
const GITOPS = join(__dirname, '../../../../gitops');
const JOBS = 'gitops/clusters/workload-cluster/jobs';
const RAYJOBS = '/apis/ray.io/v1/namespaces/training/rayjobs';
const APPS = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';
const silent = () => undefined;
const logger: Logger = {
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
};

function job(name: string, entrypoint = 'python train.py') {
  return `apiVersion: ray.io/v1
kind: RayJob
metadata:
  name: ${name}
  namespace: training
spec:
  entrypoint: ${entrypoint}
  shutdownAfterJobFinishes: true
  rayClusterSpec:
    headGroupSpec:
      rayStartParams: {}
      template:
        spec:
          containers:
            - name: ray-head
              image: localhost:7009/hello-ray:1.0.0
`;
}

/** Resolves to the first answer that is not undefined; fails after a while. */
async function eventually<T>(
  what: string,
  read: () => Promise<T | undefined>,
): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    const found = await read();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Not within 10 s: ${what}`);
    await delay(20);
  }
}

describe('the sync loop', () => {
  let git: TestGitHost;
  let management: TestApiServer;
  let workload: TestApiServer;
  let abort: AbortController;
  let loop: SyncLoop;

  const start = (pollSeconds = 300) => {
    abort = new AbortController();
    loop = startSyncLoop({
      kubeConfig: management.kubeConfig,
      clusters: { 'workload-cluster': workload.kubeConfig },
      gitHost: git.host,
      token: TEST_TOKEN,
      pollSeconds,
      logger,
      signal: abort.signal,
    });
  };
  const stop = async () => {
    abort.abort();
    await loop.done;
  };

  beforeAll(async () => {
    const files = await Promise.all(
      [
        'argocd/root.yaml',
        'argocd/apps/project.yaml',
        'argocd/apps/workload-cluster-namespaces.yaml',
        'argocd/apps/workload-cluster-jobs.yaml',
        'clusters/workload-cluster/namespaces/training.yaml',
        'clusters/workload-cluster/jobs/README.md',
      ].map(async path => [
        `gitops/${path}`,
        await readFile(join(GITOPS, path), 'utf8'),
      ]),
    );
    [git, management, workload] = await Promise.all([
      startTestGitHost(Object.fromEntries(files)),
      startTestApiServer(),
      startTestApiServer(),
    ]);
    start();
  });

  afterAll(async () => {
    await stop();
    await Promise.all([git.close(), management.close(), workload.close()]);
  });

  async function read<T>(
    server: TestApiServer,
    path: string,
  ): Promise<T | undefined> {
    const { status, text } = await server.request('GET', path);
    return status === 200 ? (JSON.parse(text) as T) : undefined;
  }

  const application = (
    name: string,
    accept: (app: Application) => boolean,
  ): Promise<Application> =>
    eventually(`Application ${name}`, async () => {
      const app = await read<Application>(management, `${APPS}/${name}`);
      return app && accept(app) ? app : undefined;
    });

  async function commit(path: string, content: string | null) {
    const api = new Octokit({
      baseUrl: git.host.apiUrl,
      auth: TEST_TOKEN,
      throttle: { enabled: false },
    }).rest;
    const { data: main } = await api.git.getRef({ ...repo, ref: 'heads/main' });
    const entry = { path, mode: '100644' as const, type: 'blob' as const };
    const { data: tree } = await api.git.createTree({
      ...repo,
      base_tree: main.object.sha,
      tree: [
        content === null ? { ...entry, sha: null } : { ...entry, content },
      ],
    });
    const { data } = await api.git.createCommit({
      ...repo,
      message: `Change ${path}`,
      tree: tree.sha,
      parents: [main.object.sha],
    });
    await api.git.updateRef({ ...repo, ref: 'heads/main', sha: data.sha });
    return data.sha;
  }

  const gone = (name: string) =>
    eventually(`${name} gone`, async () => {
      const { status } = await workload.request('GET', `${RAYJOBS}/${name}`);
      return status === 404 ? true : undefined;
    });

  const rayJob = (
    name: string,
    accept: (found: RayJob) => boolean = () => true,
  ) =>
    eventually(`RayJob ${name}`, async () => {
      const found = await read<RayJob>(workload, `${RAYJOBS}/${name}`);
      return found && accept(found) ? found : undefined;
    });

  interface RayJob {
    metadata: {
      uid: string;
      generation: number;
      annotations: Record<string, string>;
      managedFields: { manager: string; operation: string }[];
    };
    spec: { entrypoint: string; suspend?: boolean };
  }

  it('brings everything from the root Application on', async () => {
    const jobs = await application(
      'workload-cluster-jobs',
      ({ status }) => status?.sync.status === 'Synced',
    );
    expect(jobs.status).toMatchObject({
      health: { status: 'Healthy' },
      resources: [],
    });
    await application(
      'root',
      ({ status }) => status?.operationState?.phase === 'Succeeded',
    );
    await eventually('the namespace', () =>
      read(workload, '/api/v1/namespaces/training'),
    );
  });

  it('applies a pushed job in less than a second, and prunes it', async () => {
    const before = Date.now();
    const sha = await commit(`${JOBS}/training/hello.yaml`, job('hello'));
    const live = await rayJob('hello');
    expect(Date.now() - before).toBeLessThan(1_500);
    expect(live.metadata.annotations).toMatchObject({
      'argocd.argoproj.io/tracking-id':
        'workload-cluster-jobs:ray.io/RayJob:training/hello',
    });
    expect(live.metadata.managedFields).toContainEqual(
      expect.objectContaining({
        manager: 'argocd-controller',
        operation: 'Apply',
      }),
    );
    const app = await application(
      'workload-cluster-jobs',
      ({ status }) =>
        status?.sync.status === 'Synced' && status.sync.revision === sha,
    );
    expect(app.status).toMatchObject({
      health: { status: 'Progressing' },
      resources: [
        {
          group: 'ray.io',
          version: 'v1',
          kind: 'RayJob',
          namespace: 'training',
          name: 'hello',
          status: 'Synced',
          health: {
            status: 'Progressing',
            message: 'Waiting for the KubeRay operator',
          },
        },
      ],
      operationState: {
        phase: 'Succeeded',
        syncResult: {
          revision: sha,
          resources: [{ kind: 'RayJob', name: 'hello', status: 'Synced' }],
        },
      },
    });
    expect(app.status?.history?.at(-1)?.revision).toBe(sha);

    await commit(`${JOBS}/training/hello.yaml`, null);
    await gone('hello');
    await application(
      'workload-cluster-jobs',
      ({ status }) =>
        status?.sync.status === 'Synced' && status.resources?.length === 0,
    );
  });

  it('follows the health of a job', async () => {
    await commit(`${JOBS}/training/healthy.yaml`, job('healthy'));
    await rayJob('healthy');
    const patch = (status: object) =>
      workload.request('PATCH', `${RAYJOBS}/healthy/status`, {
        contentType: 'application/merge-patch+json',
        body: { status },
      });
    const healthIs = (wanted: string) =>
      application(
        'workload-cluster-jobs',
        ({ status }) => status?.health.status === wanted,
      );
    await patch({ jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' });
    await healthIs('Progressing');
    await patch({
      jobDeploymentStatus: 'Failed',
      jobStatus: 'FAILED',
      reason: 'AppFailed',
      message: 'exit status 1',
    });
    const failed = await healthIs('Degraded');
    expect(failed.status?.resources?.[0].health?.message).toBe('exit status 1');
    await patch({
      jobDeploymentStatus: 'Complete',
      jobStatus: 'SUCCEEDED',
      reason: null,
      message: null,
    });
    await healthIs('Healthy');
  });

  it('restores what is edited or deleted by hand, and leaves ignored fields alone', async () => {
    await commit(`${JOBS}/training/guarded.yaml`, job('guarded'));
    const { metadata } = await rayJob('guarded');
    const patch = (spec: object) =>
      workload.request('PATCH', `${RAYJOBS}/guarded?fieldManager=somebody`, {
        contentType: 'application/merge-patch+json',
        body: { spec },
      });
    await patch({ suspend: true });
    await patch({ entrypoint: 'rm -rf /' });
    const restored = await rayJob(
      'guarded',
      ({ spec }) => spec.entrypoint === 'python train.py',
    );
    expect(restored.spec.suspend).toBe(true);
    await workload.request('DELETE', `${RAYJOBS}/guarded`);
    const again = await rayJob('guarded', found =>
      Boolean(found.metadata.uid !== metadata.uid),
    );
    expect(again.spec.entrypoint).toBe('python train.py');
  });

  it('applies nothing again while nothing changes', async () => {
    const first = await rayJob('guarded');
    const revision = async () =>
      (await read<Application>(management, `${APPS}/workload-cluster-jobs`))
        ?.metadata.resourceVersion;
    await delay(500);
    const before = await revision();
    loop.refresh();
    await delay(500);
    const second = await rayJob('guarded');
    expect(second).toEqual(first);
    expect(await revision()).toBe(before);
  });

  it('reports a bad manifest and goes on with the others', async () => {
    await commit(
      `${JOBS}/training/broken.yaml`,
      'apiVersion: ray.io/v1\nkind: [',
    );
    await commit(
      `${JOBS}/training/unknown.yaml`,
      'apiVersion: ray.io/v1\nkind: Rayjob\nmetadata: {name: unknown}\n',
    );
    await commit(`${JOBS}/training/good.yaml`, job('good'));
    await rayJob('good');
    const app = await application(
      'workload-cluster-jobs',
      ({ status }) => status?.operationState?.phase === 'Failed',
    );
    const messages = app.status?.conditions?.map(({ message }) => message);
    expect(messages?.join('\n')).toMatch(/broken\.yaml/);
    expect(messages?.join('\n')).toMatch(/no kind Rayjob in ray\.io\/v1/);
    expect(app.status?.sync.status).toBe('OutOfSync');
    const events = await eventually('an event', async () => {
      const list = await read<{ items: { type: string; message: string }[] }>(
        management,
        '/api/v1/namespaces/argocd/events',
      );
      const warnings = list?.items.filter(({ type }) => type === 'Warning');
      return warnings?.some(({ message }) => message.includes('broken.yaml'))
        ? warnings
        : undefined;
    });
    expect(events.length).toBeGreaterThan(0);

    // A file that can't be read may hold any object: nothing is pruned meanwhile.
    await commit(`${JOBS}/training/good.yaml`, null);
    await delay(300);
    await rayJob('good');
    await commit(`${JOBS}/training/broken.yaml`, null);
    await commit(`${JOBS}/training/unknown.yaml`, null);
    await gone('good');
    await application(
      'workload-cluster-jobs',
      ({ status }) =>
        status?.sync.status === 'Synced' && status.conditions?.length === 0,
    );
  });

  it('looks at once when asked with the refresh annotation', async () => {
    await stop();
    start();
    await application('root', ({ status }) => Boolean(status));
    await management.request('PATCH', `${APPS}/workload-cluster-jobs`, {
      contentType: 'application/merge-patch+json',
      body: {
        metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } },
      },
    });
    const app = await application(
      'workload-cluster-jobs',
      ({ metadata }) => !metadata.annotations?.['argocd.argoproj.io/refresh'],
    );
    expect(app.status?.sync.status).toBe('Synced');
  });

  it('says which cluster does not answer, and goes on when it is back', async () => {
    await stop();
    const { url, dataDir } = workload;
    await workload.stop();
    start();
    const down = await application('workload-cluster-jobs', ({ status }) =>
      Boolean(
        status?.conditions?.some(({ type }) => type === 'ComparisonError'),
      ),
    );
    expect(down.status?.sync.status).toBe('Unknown');
    const root = await application('root', ({ status }) => Boolean(status));
    expect(root.status?.sync.status).toBe('Synced');
    await commit(`${JOBS}/training/late.yaml`, job('late'));
    workload = await startTestApiServer({
      dataDir,
      port: Number(new URL(url).port),
    });
    await rayJob('late');
    await application(
      'workload-cluster-jobs',
      ({ status }) => status?.sync.status === 'Synced',
    );
  });
});
