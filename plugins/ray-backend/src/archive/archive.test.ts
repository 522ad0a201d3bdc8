import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { ConfigReader } from '@backstage/config';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { type JobSummary, RAYJOBS } from '@ml-platform/rayjob';
import { PODS } from '@ml-platform/kube';
import { encodeLogCursor, readJobClusters } from '@ml-platform/sdk';
import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import { kubernetesConfig } from '../__testUtils__/kubernetesConfig';
import { Clusters } from '../clusters/Clusters';
import { HistoryStore } from '../history/HistoryStore';
import { JobIndex } from '../jobs/JobIndex';
import { LogHub } from '../logs/LogHub';
import { LogOpeners } from '../logs/LogOpeners';
import { LogService } from '../logs/LogService';
import { NumberedLogs } from '../logs/numbered/NumberedLogs';
import type { LogEvent } from '../logs/logTypes';
import { ArchiveClaims } from './ArchiveClaims';
import { ArchiveRetention } from './ArchiveRetention';
import { ArchivedLog } from './ArchivedLog';
import { LogArchiver } from './LogArchiver';
import { readArchive } from './readArchive';
import { runLogs } from './runLogs';

const REF = { cluster: 'c', namespace: 'training', name: 'j' };
const ENDED = { jobDeploymentStatus: 'Complete', jobStatus: 'SUCCEEDED' };
const second = (i: number) =>
  `2026-11-23T21:06:${String(i).padStart(2, '0')}.000000000Z`;

describe('the archive of logs', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let api: FakeKubeApi;
  let folder: string;
  let store: HistoryStore;
  let now: Date;
  const stops: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    folder = await mkdtemp(join(tmpdir(), 'archive-'));
    store = await HistoryStore.create(
      mockServices.database({ knex: await databases.init('SQLITE_3') }),
    );
    now = new Date('2026-11-23T22:00:00Z');
  });

  afterEach(async () => {
    await Promise.all(stops.splice(0).map(stop => stop()));
    await api.close();
    await rm(folder, { recursive: true });
  });

  async function start(more: Record<string, unknown> = {}) {
    const index = new JobIndex();
    const logger = mockServices.logger.mock();
    const config = readArchive(
      new ConfigReader({
        ray: {
          logs: { archive: { type: 'directory', path: folder, ...more } },
        },
      }),
      new Map(),
    );
    if (!config) {
      throw new Error('The archive is configured');
    }
    const clock = () => now;
    const claims = new ArchiveClaims({ knex: store.client, clock });
    const retention = new ArchiveRetention({ ...config, claims, clock });
    const archiver = new LogArchiver({
      config,
      claims,
      retention,
      logger,
      clock,
      // A second of the archive's passes in some milliseconds.
      pause: async (ms, signal) => {
        await sleep(5, undefined, { signal }).catch(() => {});
        now = new Date(now.getTime() + ms);
      },
    });
    const clusters = new Clusters({
      entries: readJobClusters(
        new ConfigReader({
          kubernetes: kubernetesConfig([{ name: 'c', url: api.url }]),
        }),
      ),
      index,
      logger,
      observers: [archiver],
    });
    const hub = new LogHub({ maxBytes: 1e6, lingerMs: 0 });
    const archived = new ArchivedLog({
      archive: config.archive,
      claims,
      writer: archiver,
    });
    const openers = new LogOpeners({ clusters, index, sources: [], archived });
    const logs = new LogService({ hub, openers });
    const numbered = new NumberedLogs({ openers, maxBytes: 1e9 });
    const abort = new AbortController();
    const done = [
      clusters.run(abort.signal),
      archiver.run(runLogs(clusters, { pollMs: 10 }), abort.signal),
    ];
    stops.push(async () => {
      abort.abort();
      hub.close();
      numbered.close();
      api.dropConnections();
      await Promise.all(done);
    });
    await until(() => clusters.all().every(({ synced }) => synced));
    const read = async (
      job: JobSummary,
      options: {
        source?: string;
        cursor?: string;
        tailLines?: number;
        follow?: boolean;
      } = {},
    ) => {
      const events: LogEvent[] = [];
      const log = await logs.open({
        job,
        source: 'driver',
        follow: false,
        previous: false,
        signal: abort.signal,
        ...options,
      });
      let next = await log.next();
      for (; !next.done; next = await log.next()) {
        events.push(next.value);
      }
      return {
        events,
        end: next.value.reason,
        gaps: events.flatMap(event =>
          event.type === 'gap' ? [event.reason] : [],
        ),
        text: events.flatMap(event =>
          event.type === 'lines' ? event.lines.map(({ text }) => text) : [],
        ),
      };
    };
    /** The lines of the driver's log with their numbers, and what is missing. */
    const readNumbered = async (job: JobSummary) => {
      const { feed, source, release } = await numbered.open(
        { job, source: 'driver', previous: false },
        abort.signal,
      );
      await feed.reach(Infinity, 1, abort.signal);
      const limits = { count: 1_000, maxLength: 1e6 };
      const lines = await feed.log.read(1, limits);
      release();
      return {
        source,
        lines: lines.map(({ number, text }) => `${number}: ${text}`),
        gaps: feed.log.gaps,
      };
    };
    const kept = () =>
      claims
        .attempts({ ...REF, uid: 'uid-j' })
        .then(all => all.filter(({ state }) => state === 'done').length);
    return {
      index,
      retention,
      read,
      readNumbered,
      kept,
      stop: stops[stops.length - 1],
    };
  }

  function put(status: object, pod: string, state: object) {
    const submitter = {
      metadata: {
        name: pod,
        namespace: 'training',
        creationTimestamp: second(pod.length),
        labels: {
          'app.kubernetes.io/created-by': 'kuberay-operator',
          'ray.io/originated-from-cr-name': 'j',
        },
      },
      spec: { containers: [{ name: 'ray-job-submitter' }] },
      status: {
        phase: 'terminated' in state ? 'Succeeded' : 'Running',
        containerStatuses: [{ name: 'ray-job-submitter', state }],
      },
    };
    const job = {
      metadata: { name: 'j', namespace: 'training' },
      spec: {},
      status,
    };
    api.put(PODS, submitter);
    api.put(RAYJOBS, job);
  }

  function run(lines: number) {
    const log = api.log('training', 'j-x', 'ray-job-submitter');
    for (let i = 0; i < lines; i += 1) {
      log.append(second(i % 60), `line ${i}`);
    }
    log.end();
    put(ENDED, 'j-x', { terminated: { exitCode: 0 } });
  }

  async function waitFor(condition: () => Promise<boolean>) {
    const deadline = Date.now() + 5_000;
    while (!(await condition())) {
      if (Date.now() > deadline) {
        throw new Error('It did not come true within 5 s');
      }
      await sleep(10);
    }
  }

  it('has the log when pods and job are gone, from any place on', async () => {
    const { index, read, kept } = await start();
    run(10);
    await waitFor(async () => (await kept()) === 1);
    const job = index.get(REF);
    if (!job) {
      throw new Error('The job is in the index');
    }
    const live = await read(job);
    api.collection(PODS).delete('training/j-x');
    expect((await read(job)).text).toEqual(live.text);
    api.collection(RAYJOBS).delete('training/j');
    await until(() => index.getLive(REF) === undefined);
    index.setGone(job);
    const all = await read(job, { follow: true });
    expect(all.text).toEqual(live.text);
    expect(all.end).toBe('completed');
    expect((await read(job, { tailLines: 2 })).text).toEqual([
      'line 8',
      'line 9',
    ]);
    // A viewer of the live log, whose connection broke after line 6.
    const cursor = encodeLogCursor('uid-j', {
      kind: 'driver',
      run: '1',
      place: {
        kind: 'container',
        podUid: 'uid-j-x',
        container: 'ray-job-submitter',
        restartCount: 0,
        time: second(6),
        count: 1,
      },
    });
    expect((await read(job, { cursor })).text).toEqual([
      'line 7',
      'line 8',
      'line 9',
    ]);
    const [lines] = all.events;
    const end =
      lines.type === 'lines' ? encodeLogCursor('uid-j', lines.cursor) : '';
    expect((await read(job, { cursor: end })).text).toEqual([]);
  }, 20_000);

  it('has what the node no longer keeps, as it was read while it was written', async () => {
    const { index, read, kept } = await start();
    const log = api.log('training', 'j-x', 'ray-job-submitter');
    log.append(second(1), 'rotated away');
    put({ jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' }, 'j-x', {
      running: {},
    });
    await until(() => log.followerCount === 1);
    log.append(second(2), 'kept');
    log.rotate();
    log.append(second(3), 'last');
    log.end();
    put(ENDED, 'j-x', { terminated: { exitCode: 0 } });
    await waitFor(async () => (await kept()) === 1);
    const job = index.get(REF);
    expect(job && (await read(job)).text).toEqual([
      'rotated away',
      'kept',
      'last',
    ]);
  }, 20_000);

  it('numbers a line the same live, rotated, restarted, archived and gone', async () => {
    const one = await start();
    const log = api.log('training', 'j-x', 'ray-job-submitter');
    const write = (from: number, to: number) => {
      for (let i = from; i <= to; i += 1) {
        log.append(second(i), `line ${i}`);
      }
    };
    const written = (to: number) =>
      Array.from({ length: to }, (_, i) => `${i + 1}: line ${i + 1}`);
    write(1, 20);
    put({ jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' }, 'j-x', {
      running: {},
    });
    await until(() => log.followerCount === 1);
    const job = one.index.get(REF);
    if (!job) {
      throw new Error('The job is in the index');
    }
    const live = await one.readNumbered(job);
    expect(live).toEqual({ source: 'driver/1', lines: written(20), gaps: [] });
    await waitFor(async () =>
      (await readdir(folder, { recursive: true })).some(name =>
        name.endsWith('.part-1.log.gz'),
      ),
    );
    log.rotate();
    write(21, 30);
    // Another portal, which comes late: the archive has what the node has not.
    const two = await start();
    for (const portal of [one, two]) {
      await waitFor(
        async () => (await portal.readNumbered(job)).lines.length === 30,
      );
      expect((await portal.readNumbered(job)).lines).toEqual(written(30));
    }
    log.end();
    put(ENDED, 'j-x', { terminated: { exitCode: 0 } });
    await waitFor(async () => (await one.kept()) === 1);
    const three = await start();
    api.collection(PODS).delete('training/j-x');
    for (const portal of [one, two, three]) {
      expect((await portal.readNumbered(job)).lines).toEqual(written(30));
    }
  }, 20_000);

  it.each(['driver', 'driver/1'])(
    'begins a download of %s with what the node has rotated away by then',
    async source => {
      const { index, read } = await start();
      const log = api.log('training', 'j-x', 'ray-job-submitter');
      log.append(second(1), 'rotated away');
      log.append(second(2), 'kept');
      put({ jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' }, 'j-x', {
        running: {},
      });
      await waitFor(async () =>
        (await readdir(folder, { recursive: true })).some(name =>
          name.endsWith('.part-1.log.gz'),
        ),
      );
      log.rotate();
      log.append(second(3), 'new');
      const job = index.get(REF);
      const whole = job && (await read(job, { source }));
      expect(whole).toMatchObject({
        text: ['rotated away', 'kept', 'new'],
        end: 'completed',
      });
    },
    20_000,
  );

  it('has what each submitter of an attempt wrote', async () => {
    const { index, read, kept } = await start();
    const running = { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' };
    const first = api.log('training', 'j-x', 'ray-job-submitter');
    first.append(second(1), 'of the first');
    put(running, 'j-x', { running: {} });
    await until(() => first.followerCount === 1);
    first.end();
    put(running, 'j-x', { terminated: { exitCode: 1 } });
    const next = api.log('training', 'j-xy', 'ray-job-submitter');
    next.append(second(2), 'of the second');
    put(running, 'j-xy', { running: {} });
    await until(() => next.followerCount === 1);
    expect(await kept()).toBe(0);
    next.end();
    put(ENDED, 'j-xy', { terminated: { exitCode: 0 } });
    await waitFor(async () => (await kept()) === 1);
    const job = index.get(REF);
    const whole = job && (await read(job));
    expect(whole?.text).toEqual(['of the first', 'of the second']);
    expect(whole?.gaps).toEqual([
      expect.stringContaining('The submitter was replaced'),
    ]);
  }, 20_000);

  it.each(['runs on', 'starts again'])(
    'lets a reader continue after a submitter that is gone, when the backend %s',
    async how => {
      const first = await start();
      const running = { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' };
      const log = api.log('training', 'j-x', 'ray-job-submitter');
      log.append(second(1), 'a');
      log.append(second(2), 'b');
      put(running, 'j-x', { running: {} });
      await until(() => log.followerCount === 1);
      const job = first.index.get(REF);
      if (!job) {
        throw new Error('The job is in the index');
      }
      const [lines] = (await first.read(job)).events;
      const cursor =
        lines.type === 'lines' ? encodeLogCursor('uid-j', lines.cursor) : '';
      log.append(second(3), 'unread');
      if (how === 'starts again') {
        await first.stop();
      }
      log.end();
      api.collection(PODS).delete('training/j-x');
      const next = api.log('training', 'j-xy', 'ray-job-submitter');
      ['a', 'b', 'unread', 'c'].forEach((text, i) =>
        next.append(second(10 + i), text),
      );
      put(running, 'j-xy', { running: {} });
      const { read } = how === 'starts again' ? await start() : first;
      await until(() => next.followerCount > 0);
      const { text, gaps } = await read(job, { cursor });
      expect(text).toEqual(['unread', 'c']);
      expect(gaps).toEqual([]);
    },
    20_000,
  );

  it.each(['stopped', 'deleted'])(
    'has the error of a SidecarMode submitter that ended early, though the job is %s',
    async how => {
      const { index, read, kept } = await start();
      const named = { rayClusterName: 'j-a', jobId: 'j-1' };
      const putJob = (status: object, spec: object = {}) =>
        api.put(RAYJOBS, {
          ...{ metadata: { name: 'j', namespace: 'training' }, status },
          ...{ spec: { submissionMode: 'SidecarMode', ...spec } },
        });
      const labels = {
        'app.kubernetes.io/created-by': 'kuberay-operator',
        'ray.io/cluster': 'j-a',
        'ray.io/node-type': 'head',
      };
      const putHead = (state: object) =>
        api.put(PODS, {
          metadata: { name: 'j-head', namespace: 'training', ...{ labels } },
          ...{
            spec: { containers: [{ name: 'ray-job-submitter' }] },
            status: {
              containerStatuses: [{ name: 'ray-job-submitter', state }],
            },
          },
        });
      putJob({ jobDeploymentStatus: 'Initializing', ...named });
      putHead({ waiting: { reason: 'ContainerCreating' } });
      await until(() => index.get(REF) !== undefined);
      const log = api.log('training', 'j-head', 'ray-job-submitter');
      log.append(second(1), 'no such module');
      log.end();
      putHead({ terminated: { exitCode: 1 } });
      await until(() => api.requests.some(path => path.includes('/log')));
      api.collection(PODS).delete('training/j-head');
      const job = index.get(REF);
      if (!job) {
        throw new Error('The job is in the index');
      }
      if (how === 'stopped') {
        putJob({ jobDeploymentStatus: 'Suspended' }, { suspend: true });
      } else {
        api.collection(RAYJOBS).delete('training/j');
        await until(() => index.getLive(REF) === undefined);
        index.setGone(job);
      }
      await waitFor(async () => (await kept()) === 1);
      expect((await read(job)).text).toEqual(['no such module']);
    },
    20_000,
  );

  it('takes over from a writer that stopped before the log ended', async () => {
    const first = await start();
    const log = api.log('training', 'j-x', 'ray-job-submitter');
    log.append(second(1), 'begun');
    put({ jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' }, 'j-x', {
      running: {},
    });
    await until(() => log.followerCount === 1);
    const { index, read, kept } = await start();
    await first.stop();
    await until(() => log.followerCount === 1);
    log.append(second(2), 'ended');
    log.end();
    put(ENDED, 'j-x', { terminated: { exitCode: 0 } });
    await waitFor(async () => (await kept()) === 1);
    api.collection(PODS).delete('training/j-x');
    const job = index.get(REF);
    expect(job && (await read(job)).text).toEqual(['begun', 'ended']);
  }, 20_000);

  it('archives each attempt once, also when the backend starts again', async () => {
    const first = await start();
    const log = api.log('training', 'j-x', 'ray-job-submitter');
    log.append(second(1), 'first try');
    log.end();
    put({ jobDeploymentStatus: 'Retrying', failed: 1 }, 'j-x', {
      terminated: { exitCode: 1 },
    });
    await waitFor(async () => (await first.kept()) === 1);
    api.collection(PODS).delete('training/j-x');
    const again = api.log('training', 'j-xy', 'ray-job-submitter');
    again.append(second(2), 'second try');
    again.end();
    put({ ...ENDED, failed: 1 }, 'j-xy', { terminated: { exitCode: 0 } });
    await waitFor(async () => (await first.kept()) === 2);
    await first.stop();
    const reads = () =>
      api.requests.filter(request => request.includes('/log')).length;
    const before = reads();
    const other = await start();
    const job = other.index.get(REF);
    if (!job) {
      throw new Error('The job is in the index');
    }
    api.collection(PODS).delete('training/j-xy');
    const { text, events } = await other.read(job);
    expect(text).toEqual(['first try', 'second try']);
    expect(events.some(({ type }) => type === 'gap')).toBe(true);
    expect((await other.read(job, { source: 'driver/1' })).text).toEqual([
      'first try',
    ]);
    await expect(other.read(job, { source: 'driver/3' })).rejects.toThrow(
      'j has had 2 attempts; there is no attempt 3',
    );
    await expect(other.read(job, { source: 'driver/0' })).rejects.toThrow(
      /There is no log source 'driver\/0'/,
    );
    expect(reads()).toBe(before);
  }, 20_000);

  it('begins anew when it was stopped in the middle', async () => {
    const first = await start();
    const log = api.log('training', 'j-x', 'ray-job-submitter');
    log.append(second(1), 'begun');
    put(ENDED, 'j-x', { running: {} });
    await until(() => log.followerCount === 1);
    await first.stop();
    expect(await first.kept()).toBe(0);
    log.append(second(2), 'ended');
    log.end();
    put(ENDED, 'j-x', { terminated: { exitCode: 0 } });
    const { index, read, kept } = await start();
    await waitFor(async () => (await kept()) === 1);
    api.collection(PODS).delete('training/j-x');
    const job = index.get(REF);
    expect(job && (await read(job)).text).toEqual(['begun', 'ended']);
    const files = await readdir(join(folder, 'c/training/j/uid-j'));
    expect(files.sort()).toEqual(['driver-1.index.json.gz', 'driver-1.log.gz']);
  }, 20_000);

  it('removes logs that are too old, or whose job is forgotten', async () => {
    const { retention, kept } = await start({ retention: { days: 1 } });
    run(3);
    await waitFor(async () => (await kept()) === 1);
    await retention.sweep();
    expect(await kept()).toBe(1);
    now = new Date(now.getTime() + 2 * 86_400_000);
    await retention.sweep();
    expect(await kept()).toBe(0);
    expect(await readdir(join(folder, 'c/training/j/uid-j'))).toEqual([]);
    const forgotten = await start();
    await waitFor(async () => (await forgotten.kept()) === 1);
    await forgotten.retention.forget({ ...REF, uid: 'uid-j' });
    expect(await forgotten.kept()).toBe(0);
  }, 20_000);

  it('says so when a log is damaged', async () => {
    const { index, read, kept } = await start();
    run(3);
    await waitFor(async () => (await kept()) === 1);
    const path = join(folder, 'c/training/j/uid-j/driver-1.log.gz');
    await writeFile(path, gzipSync('x'.repeat(1000)).subarray(0, 12));
    api.collection(PODS).delete('training/j-x');
    const job = index.get(REF);
    await expect(job && read(job)).rejects.toThrow('unexpected end of file');
  }, 20_000);

  it('refuses an archive that no module brings', () => {
    const config = new ConfigReader({
      ray: { logs: { archive: { type: 's3' } } },
    });
    expect(() => readArchive(config, new Map())).toThrow(
      "There is no log archive 's3'; ray.logs.archive.type can be directory",
    );
  });
});
