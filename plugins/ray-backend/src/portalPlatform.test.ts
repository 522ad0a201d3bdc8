import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeGitHub } from '@ml-platform/gitops/testUtils';
import { PODS, sleep } from '@ml-platform/kube';
import {
  FakeKubeApi,
  until,
  type FakePodLog,
} from '@ml-platform/kube/testUtils';
import { RAYCLUSTERS, RAYJOBS } from '@ml-platform/rayjob';
import {
  PortalPlatform,
  type JobListChange,
  type JobLogEnd,
  type JobLogEvent,
} from '@ml-platform/sdk';
import { CuttableWire } from './__testUtils__/CuttableWire';
import { gitOpsConfig } from './__testUtils__/gitOpsConfig';
import { permissionsWithout } from './__testUtils__/permissionsWithout';
import {
  startRealBackend,
  type RealBackend,
} from './__testUtils__/realBackend';

const RUNNING = { jobStatus: 'RUNNING', jobDeploymentStatus: 'Running' };
const ENDED = { jobStatus: 'SUCCEEDED', jobDeploymentStatus: 'Complete' };
const at = (nanos: number) =>
  `2026-11-23T21:06:46.${String(nanos).padStart(9, '0')}Z`;

const ref = (name: string) => ({ cluster: 'c', namespace: 'training', name });

async function untilSo(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    await sleep(20);
  }
}

/** What came out of a log until now. */
interface Read {
  readonly events: JobLogEvent[];
  end?: JobLogEnd;
}

describe('the platform through the portal', () => {
  let api: FakeKubeApi;
  let github: FakeGitHub;
  let archive: string;
  let backend: RealBackend;
  let wire: CuttableWire;
  let platform: PortalPlatform;
  let leaving: AbortController;
  let denied: readonly string[];

  const put = (
    name: string,
    status: object = RUNNING,
    namespace = 'training',
  ) =>
    api.put(RAYJOBS, {
      metadata: { name, namespace },
      ...{ spec: { shutdownAfterJobFinishes: true }, status },
    });

  const putPod = (job: string, state: object): FakePodLog => {
    const pod = {
      metadata: {
        name: `${job}-x`,
        namespace: 'training',
        labels: {
          'app.kubernetes.io/created-by': 'kuberay-operator',
          'ray.io/originated-from-cr-name': job,
        },
      },
      spec: { containers: [{ name: 'ray-job-submitter' }] },
      status: {
        phase: 'terminated' in state ? 'Succeeded' : 'Running',
        containerStatuses: [
          { name: 'ray-job-submitter', restartCount: 0, state },
        ],
      },
    };
    api.put(PODS, pod);
    return api.log('training', `${job}-x`, 'ray-job-submitter');
  };

  const portal = (options: { url?: string; token?: string } = {}) => {
    const { url = wire.url, token = backend.token } = options;
    return new PortalPlatform({
      url,
      credentials: { token: async () => token },
      environment: {},
    });
  };

  beforeAll(async () => {
    api = await FakeKubeApi.start();
    github = await FakeGitHub.start();
    archive = await mkdtemp(join(tmpdir(), 'portal-platform-'));
    const { ray, integrations } = gitOpsConfig(github);
    backend = await startRealBackend({
      clusters: [{ name: 'c', url: api.url }],
      config: { integrations },
      ray: { ...ray, logs: { archive: { type: 'directory', path: archive } } },
      features: [permissionsWithout(() => denied)],
    });
    await backend.started;
  }, 30_000);

  afterAll(async () => {
    await backend.stop();
    await api.close();
    await github.stop();
    await rm(archive, { recursive: true });
  });

  beforeEach(async () => {
    denied = [];
    leaving = new AbortController();
    wire = await CuttableWire.to(backend.baseUrl);
    platform = portal();
  });

  afterEach(async () => {
    leaving.abort();
    platform.close();
    await wire.close();
  });

  const known = (name: string) =>
    untilSo(async () => {
      const { items } = await platform.listJobs({ q: name });
      return items.some(job => job.name === name);
    });

  function readLog(name: string, options = {}): Read {
    const read: Read = { events: [] };
    const log = platform.readLog(ref(name), {
      signal: leaving.signal,
      ...options,
    });
    const readOn = async () => {
      let next = await log.next();
      while (!next.done) {
        read.events.push(next.value);
        next = await log.next();
      }
      read.end = next.value;
    };
    readOn().catch(error => {
      read.end = { reason: 'error', message: String(error) };
    });
    return read;
  }

  const texts = ({ events }: Read) =>
    events.flatMap(event =>
      event.type === 'lines' ? event.lines.map(({ text }) => text) : [],
    );

  it('reads jobs, and all that belongs to them', async () => {
    put('first');
    put('second', ENDED);
    put('second', ENDED, 'research');
    await untilSo(async () => (await platform.listJobs({})).items.length === 3);
    const running = await platform.listJobs({ state: ['running', 'failed'] });
    expect(running).toMatchObject({
      items: [{ name: 'first', state: 'running' }],
      clusters: [{ name: 'c', ok: true }],
    });
    await expect(platform.clusters()).resolves.toEqual(['c']);
    await expect(platform.findJob({ name: 'first' })).resolves.toMatchObject(
      ref('first'),
    );
    await expect(
      platform.findJob({ name: 'second', namespace: 'research' }),
    ).resolves.toMatchObject({ namespace: 'research' });
    await expect(platform.findJob({ name: 'second' })).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('c/research, c/training'),
    });
    await expect(platform.getJob(ref('first'))).resolves.toMatchObject({
      summary: { name: 'first' },
      live: true,
    });
    await expect(platform.jobEvents(ref('first'))).resolves.toEqual([]);
    await expect(platform.jobManifest(ref('first'))).resolves.toContain(
      'name: first',
    );
  });

  it('tells how the clusters are', async () => {
    put('counted');
    await known('counted');
    denied = ['ray.job.read'];
    await expect(platform.status()).resolves.toMatchObject({
      clusters: [
        {
          name: 'c',
          server: { ok: true, version: 'v1.34.0' },
          rayClusters: { ok: true, total: 0 },
          jobs: { ok: false, error: expect.stringContaining('ray.job.read') },
        },
      ],
      portal: { ok: true, url: wire.url },
    });
    denied = [];
    await expect(platform.status()).resolves.toMatchObject({
      clusters: [{ jobs: { ok: true, byState: { running: 2 } } }],
    });
  });

  it('reads lists of any length', async () => {
    for (let i = 0; i < 1_005; i += 1) {
      // Nobody waits for the logs of jobs that don't run.
      put(`many-${i}`, { jobDeploymentStatus: 'Initializing' });
    }
    const all = async () =>
      (await platform.listJobs({ q: 'many' })).items.map(({ name }) => name);
    await untilSo(async () => new Set(await all()).size === 1_005);
    const changes = platform.watchJobs({ q: 'many' }, leaving);
    const { value } = await changes.next();
    expect(
      value?.type === 'snapshot' &&
        new Set(value.list.items.map(({ name }) => name)).size,
    ).toBe(1_005);
    leaving.abort();
    await expect(changes.next()).resolves.toMatchObject({ done: true });
  }, 30_000);

  it('watches a list over a connection that breaks', async () => {
    put('watched');
    await known('watched');
    const seen: JobListChange[] = [];
    const watch = async () => {
      for await (const change of platform.watchJobs(
        { state: ['running'] },
        leaving,
      )) {
        seen.push(change);
      }
    };
    const watching = watch();
    const upserts = () =>
      seen.flatMap(change =>
        change.type === 'upsert' ? [change.job.name] : [],
      );
    await until(() => seen.length > 0);
    expect(seen[0]).toMatchObject({
      type: 'snapshot',
      list: {
        items: expect.arrayContaining([
          expect.objectContaining(ref('watched')),
        ]),
      },
    });
    wire.cut();
    put('meanwhile');
    await until(() => upserts().includes('meanwhile'));
    const health = seen.flatMap(change =>
      change.type === 'clusters' ? [change.clusters] : [],
    );
    expect(health).toContainEqual([
      { name: 'c', ok: false, error: expect.any(String) },
    ]);
    await until(() => {
      const last = seen.findLast(({ type }) => type === 'clusters');
      return last?.type === 'clusters' && last.clusters[0].ok;
    });
    expect(seen.filter(({ type }) => type === 'snapshot')).toHaveLength(1);
    expect(upserts()).toEqual(['meanwhile']);
    leaving.abort();
    await watching;
  }, 20_000);

  it('reads a log without losing or repeating a line, however often it is cut', async () => {
    put('logged');
    const log = putPod('logged', { running: {} });
    await known('logged');
    const read = readLog('logged', { follow: true });
    const expected: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      for (let i = 0; i < 50; i += 1) {
        const text = `line ${expected.length}`;
        log.append(at(expected.length), text);
        expected.push(text);
      }
      // Cut while lines are on their way, and when all have come.
      if (round % 2 === 0) {
        await until(() => texts(read).length === expected.length);
      }
      wire.cut();
    }
    await until(() => texts(read).length >= expected.length);
    put('logged', ENDED);
    putPod('logged', { terminated: { exitCode: 0 } });
    log.end();
    await until(() => read.end !== undefined);
    expect(read.end).toEqual({ reason: 'completed' });
    expect(texts(read)).toEqual(expected);
    expect(read.events.filter(({ type }) => type === 'gap')).toEqual([]);
  }, 30_000);

  it('reads the log of a job that is gone from the archive', async () => {
    put('archived');
    const log = putPod('archived', { running: {} });
    log.append(at(1), 'one');
    log.append(at(2), 'two');
    await known('archived');
    put('archived', ENDED);
    putPod('archived', { terminated: { exitCode: 0 } });
    log.end();
    const ended = readLog('archived', { tail: 1 });
    await until(() => ended.end !== undefined);
    expect(texts(ended)).toEqual(['two']);
    // What the pod says until then is all that the archive can have.
    await untilSo(async () =>
      (await readdir(archive, { recursive: true })).some(file =>
        /archived\/.*driver-1\.log\.gz$/.test(file),
      ),
    );
    api.collection(RAYJOBS).delete('training/archived');
    api.collection(PODS).delete('training/archived-x');
    await untilSo(async () => !(await platform.getJob(ref('archived'))).live);
    await untilSo(async () => {
      const gone = readLog('archived', { follow: true });
      await until(() => gone.end !== undefined);
      return texts(gone).join() === 'one,two';
    });
  }, 30_000);

  it('reads lines by their numbers, and searches them', async () => {
    put('numbered');
    const log = putPod('numbered', { running: {} });
    ['one', 'two (2)', 'three'].forEach((text, i) => log.append(at(i), text));
    await known('numbered');
    const two = { number: 2, time: at(1), text: 'two (2)' };
    await expect(
      platform.logLines(ref('numbered'), { from: 2, count: 1 }),
    ).resolves.toMatchObject({ source: 'driver/1', lines: [two], first: 1 });
    const time = '2026-11-23T21:06:47Z';
    await expect(
      platform.logLines(ref('numbered'), { time }),
    ).resolves.toMatchObject({ lines: [], last: 3, state: 'following' });
    const search = async (q: string, regex?: boolean) => {
      const { signal } = leaving;
      const steps = platform.searchLog(ref('numbered'), { signal, q, regex });
      const found: unknown[] = [];
      let next = await steps.next();
      for (; !next.done; next = await steps.next()) {
        found.push(...(next.value.type === 'matches' ? next.value.lines : []));
      }
      return { found, ...next.value };
    };
    await expect(search('TWO (')).resolves.toEqual({
      ...{ found: [two], matches: 1, searched: 3 },
    });
    await expect(search('(', true)).rejects.toMatchObject({
      name: 'InputError',
    });
    await expect(platform.logLines(ref('nobody'))).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('submits, stops, runs again and deletes', async () => {
    const job = { metadata: { name: 'new', namespace: 'training' }, spec: {} };
    const submit = (idempotencyKey: string) =>
      platform.submit({ job, idempotencyKey });
    const done = { via: 'cluster', job: ref('new') };
    await expect(submit('k')).resolves.toEqual(done);
    await expect(submit('k')).resolves.toEqual(done);
    await expect(submit('other')).rejects.toMatchObject({
      name: 'ConflictError',
    });
    put('new', { jobDeploymentStatus: 'Initializing' });
    await expect(platform.stop(ref('new'))).resolves.toEqual(done);
    await expect(platform.retry(ref('new'))).resolves.toMatchObject({
      via: 'cluster',
      job: { name: expect.stringMatching(/^new-\d{8}-\d{6}$/) },
    });
    await expect(platform.delete(ref('new'))).resolves.toEqual(done);
  });

  it('asks for a job by a pull request, once', async () => {
    const job = {
      metadata: { name: 'asked', namespace: 'training' },
      spec: {},
    };
    const proposed = {
      via: 'git',
      job: ref('asked'),
      pullRequestUrl: `${github.repoUrl}/pull/1`,
    };
    await expect(platform.propose({ cluster: 'c', job })).resolves.toEqual(
      proposed,
    );
    await expect(platform.propose({ job })).resolves.toEqual(proposed);
    await expect(platform.findJob({ name: 'asked' })).resolves.toMatchObject({
      state: 'awaiting-merge',
    });
  });

  it('scales a Ray cluster', async () => {
    api.put(RAYCLUSTERS, {
      metadata: { name: 'free', namespace: 'training' },
      ...{
        spec: {
          workerGroupSpecs: [
            { groupName: 'workers', minReplicas: 0, maxReplicas: 4 },
          ],
        },
      },
    });
    await untilSo(async () => (await platform.rayClusters()).length === 1);
    const to = { group: 'workers', replicas: 3 };
    await platform.scale(ref('free'), to);
    expect(api.requests).toContainEqual(
      expect.stringMatching(/^PATCH .*\/rayclusters\/free/),
    );
    await expect(
      platform.scale(ref('free'), { ...to, replicas: 9 }),
    ).rejects.toMatchObject({ name: 'InputError' });
  });

  it("passes on why the portal refuses, in the portal's words", async () => {
    put('refused');
    await known('refused');
    await expect(platform.getJob(ref('nobody'))).rejects.toMatchObject({
      name: 'NotFoundError',
      message: 'There is no job nobody in training on c',
    });
    await expect(platform.findJob({ name: 'nobody' })).rejects.toMatchObject({
      name: 'NotFoundError',
      message: 'There is no job nobody',
    });
    const nobody = readLog('nobody');
    await until(() => nobody.end !== undefined);
    expect(nobody.end?.message).toContain('NotFoundError: There is no job');
    denied = ['ray.job.stop', 'ray.log.read'];
    await expect(platform.stop(ref('refused'))).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining(
        'This needs the permission ray.job.stop',
      ),
    });
    const forbidden = readLog('refused');
    await until(() => forbidden.end !== undefined);
    expect(forbidden.end?.message).toContain('NotAllowedError');
    await expect(portal({ token: 'wrong' }).listJobs({})).rejects.toMatchObject(
      {
        name: 'AuthenticationError',
        message: expect.stringContaining('set ML_PLATFORM_TOKEN'),
      },
    );
  });

  it('says so when the portal is down', async () => {
    const url = 'http://127.0.0.1:1';
    const away = portal({ url });
    const unreachable = {
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(
        /^Couldn't reach the portal at http:\/\/127\.0\.0\.1:1: /,
      ),
    };
    await expect(away.listJobs({})).rejects.toMatchObject(unreachable);
    await expect(away.watchJobs({}, leaving).next()).rejects.toMatchObject(
      unreachable,
    );
    await expect(away.status()).resolves.toEqual({
      clusters: [],
      portal: { ok: false, error: unreachable.message },
    });
  });

  it('ends a call when its signal aborts', async () => {
    const signal = AbortSignal.abort(new Error('Enough'));
    await expect(platform.listJobs({}, { signal })).rejects.toThrow('Enough');
  });
});
