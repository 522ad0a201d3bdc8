import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  jobSummary,
  type JobAttempt,
  type RayJob,
  type RayJobStatus,
} from '@ml-platform/rayjob';
import type { LogArchive } from '@ml-platform/backstage-plugin-ray-node';
import { FakeDriverLog } from '../__testUtils__/FakeDriverLog';
import { MemoryArchive } from '../__testUtils__/MemoryArchive';
import { HistoryStore } from '../history/HistoryStore';
import { ArchiveClaims } from './ArchiveClaims';
import { ArchiveRetention } from './ArchiveRetention';
import type { RunLogOpener } from './ArchiveTask';
import { LogArchiver } from './LogArchiver';

const pack = promisify(gzip);

const RUNNING = { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' };
const ENDED = { jobDeploymentStatus: 'Complete', jobStatus: 'SUCCEEDED' };
const attempt = (number: number): JobAttempt => ({
  attempt: number,
  jobId: `j-${number}`,
  rayCluster: `c-${number}`,
  state: 'running',
});
const keyOf = (name: string, number = 1) => ({
  cluster: 'c',
  namespace: 'training',
  name,
  uid: `uid-${name}`,
  attempt: number,
});

describe('LogArchiver', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let store: HistoryStore;
  let archive: MemoryArchive;
  let logs: Map<string, FakeDriverLog>;
  let now: number;
  let sleepers: (() => void)[];
  const stops: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    store = await HistoryStore.create(
      mockServices.database({ knex: await databases.init('SQLITE_3') }),
    );
    archive = new MemoryArchive();
    logs = new Map();
    now = Date.parse('2026-11-23T22:00:00Z');
    sleepers = [];
  });

  afterEach(async () => {
    await Promise.all(stops.splice(0).map(stop => stop()));
  });

  function logOf(name: string, number = 1): FakeDriverLog {
    const id = `${name}/${number}`;
    const log = logs.get(id) ?? new FakeDriverLog();
    logs.set(id, log);
    return log;
  }

  /** A backend; one that is killed does nothing more, not even clean up. */
  function start() {
    const killed = new AbortController();
    const dead = new Promise<never>(() => {});
    const alive = <T>(work: () => Promise<T>) =>
      killed.signal.aborted ? dead : work();
    const clock = () => new Date(now);
    const watched: LogArchive = {
      name: archive.name,
      write: (...args) => alive(() => archive.write(...args)),
      read: key => alive(() => archive.read(key)),
      delete: key => alive(() => archive.delete(key)),
    };
    const claims = new ArchiveClaims({ knex: store.client, clock });
    const archiver = new LogArchiver({
      config: { archive: watched, maxBytes: 1e9 },
      claims,
      retention: new ArchiveRetention({ archive: watched, claims, clock }),
      logger: mockServices.logger.mock(),
      clock,
      pause: (_, signal) =>
        killed.signal.aborted
          ? dead
          : new Promise(resolve => {
              sleepers.push(resolve);
              signal.addEventListener('abort', () => resolve());
            }),
    });
    const abort = new AbortController();
    const openLog: RunLogOpener = options => {
      const { name, attempt: number } = options.key;
      const signal = AbortSignal.any([options.signal, killed.signal]);
      return logOf(name, number).open({ ...options, signal });
    };
    const done = archiver.run(openLog, abort.signal);
    const stop = async () => {
      abort.abort();
      await done;
    };
    stops.push(() => (killed.signal.aborted ? Promise.resolve() : stop()));
    return {
      archiver,
      stop,
      kill: () => killed.abort(),
      gone: (name: string) => archiver.gone({ ...keyOf(name), attempt: 1 }),
      see: (
        name: string,
        status: RayJobStatus,
        attempts: readonly JobAttempt[] = [attempt(1)],
      ) => {
        const metadata = { name, namespace: 'training', uid: `uid-${name}` };
        const job: RayJob = { metadata, status };
        archiver.seen('c', job, attempts);
      },
      submit: (name: string) => {
        const metadata = { name, namespace: 'training', uid: `uid-${name}` };
        archiver.submitted(jobSummary('c', { metadata }), attempt(1));
      },
    };
  }

  /** Lets everything happen that needs no time: each round packs after all others. */
  async function settle(): Promise<void> {
    for (let round = 0; round < 10; round += 1) {
      await pack('');
      for (let i = 0; i < 20; i += 1) {
        await setImmediate();
      }
    }
  }

  /** Lets seconds pass until something is so; answers how many. */
  async function pass(most: number, until?: () => boolean): Promise<number> {
    for (let seconds = 0; seconds < most; seconds += 1) {
      await settle();
      if (until?.()) {
        return seconds;
      }
      now += 1_000;
      sleepers.splice(0).forEach(wake => wake());
    }
    await settle();
    if (until && !until()) {
      throw new Error(`It did not come true within ${most} s`);
    }
    return most;
  }

  const textOf = (name: string, number = 1) =>
    archive
      .text(keyOf(name, number))
      .split('\n')
      .filter(line => line.startsWith('- '))
      .map(line => line.slice(2));
  const isWhole =
    (name: string, number = 1) =>
    () =>
      textOf(name, number).length > 0;

  it.each(['is still there', 'is gone'])(
    'continues within seconds what a killed backend has begun, though the pod %s',
    async pod => {
      const first = start();
      first.see('j', RUNNING);
      await settle();
      logOf('j').write('a', 'b');
      await pass(7);
      if (pod === 'is still there') {
        // Of this the first one has written nothing.
        logOf('j').write('c');
        await settle();
      }
      first.kill();
      const second = start();
      second.see('j', RUNNING);
      await pass(3);
      if (pod === 'is gone') {
        logOf('j').lose();
      } else {
        logOf('j').write('d');
        logOf('j').end();
      }
      expect(await pass(25, isWhole('j'))).toBeLessThanOrEqual(20);
      const rest = pod === 'is gone' ? [] : ['c', 'd'];
      expect(textOf('j')).toEqual(['a', 'b', ...rest]);
      await settle();
      expect([...archive.files.keys()]).toEqual([
        'c/training/j/uid-j/driver-1.log.gz',
        'c/training/j/uid-j/driver-1.index.json.gz',
      ]);
    },
  );

  it('continues at once what a backend has begun that stops', async () => {
    const first = start();
    first.see('j', RUNNING);
    await settle();
    logOf('j').write('a');
    await settle();
    await first.stop();
    const second = start();
    second.see('j', RUNNING);
    await settle();
    logOf('j').write('b');
    logOf('j').end();
    expect(await pass(5, isWhole('j'))).toBeLessThan(2);
    expect(textOf('j')).toEqual(['a', 'b']);
  });

  it('follows each log in one of two backends', async () => {
    const both = [start(), start()];
    both.forEach(({ see }) => see('j', RUNNING));
    for (let i = 0; i < 40; i += 1) {
      logOf('j').write(`line ${i}`);
      await pass(1);
      expect(logOf('j').readers).toBe(1);
    }
    logOf('j').end();
    await pass(10, isWhole('j'));
    expect(textOf('j')).toEqual(
      Array.from({ length: 40 }, (_, i) => `line ${i}`),
    );
    expect(logOf('j').opened).toBe(1);
  });

  it('writes no line twice when a slow backend is taken for dead', async () => {
    const slow = start();
    slow.see('j', RUNNING);
    await settle();
    logOf('j').write('a');
    // Time passes that the slow one does not notice.
    sleepers = [];
    now += 20_000;
    const other = start();
    other.see('j', RUNNING);
    await pass(10);
    logOf('j').write('b');
    await pass(10);
    logOf('j').end();
    await pass(30, isWhole('j'));
    expect(textOf('j')).toEqual(['a', 'b']);
  });

  it('archives what few of 300 running jobs write, though the others are silent', async () => {
    const backend = start();
    const silent = Array.from({ length: 295 }, (_, i) => `silent-${i}`);
    const writing = Array.from({ length: 5 }, (_, i) => `writing-${i}`);
    // Those that write come last: behind all that never do.
    [...silent, ...writing].forEach(name => backend.see(name, RUNNING));
    await settle();
    expect(
      [...logs.values()].filter(({ readers }) => readers > 0),
    ).toHaveLength(100);
    for (let i = 0; i < 30; i += 1) {
      writing.forEach(name => logOf(name).write(`line ${i}`));
      await pass(1);
    }
    const lines = Array.from({ length: 30 }, (_, i) => `line ${i}`);
    writing.forEach(name => logOf(name).end());
    await pass(60, () => writing.every(name => isWhole(name)()));
    writing.forEach(name => expect(textOf(name)).toEqual(lines));
  }, 60_000);

  it('archives what a submitter wrote of which Ray tells nothing, though 150 others wait', async () => {
    const backend = start();
    const names = Array.from({ length: 150 }, (_, i) => `job-${i}`);
    names.forEach(name => backend.submit(name));
    await settle();
    logOf('job-149').write('no such module');
    expect(logOf('job-149').readers).toBe(0);
    await pass(60, () => logOf('job-149').opened > 0);
    await pass(10);
    logOf('job-149').lose();
    backend.see('job-149', { jobDeploymentStatus: 'Suspended' });
    await pass(60, isWhole('job-149'));
    expect(textOf('job-149')).toEqual(['no such module']);
  });

  it('lets no running job wait for those that start', async () => {
    const backend = start();
    const names = Array.from({ length: 150 }, (_, i) => `job-${i}`);
    names.forEach(name => backend.submit(name));
    await settle();
    backend.see('new', RUNNING);
    backend.see('job-149', RUNNING);
    await settle();
    expect(logOf('new').readers).toBe(1);
    expect(logOf('job-149').readers).toBe(1);
    // One that is at work continues among the running ones.
    backend.see('job-0', RUNNING);
    await pass(6);
    expect(logOf('job-0').readers).toBe(1);
    expect(logOf('job-1').readers).toBe(0);
  });

  it('reads what has ended though other logs never end', async () => {
    const backend = start();
    const endless = Array.from({ length: 10 }, (_, i) => `endless-${i}`);
    endless.forEach(name => backend.see(name, ENDED));
    backend.see('j', ENDED);
    logOf('j').write('a');
    logOf('j').end();
    await pass(30, isWhole('j'));
    expect(textOf('j')).toEqual(['a']);
  });

  it('archives each attempt of a job that is suspended and resumed', async () => {
    const backend = start();
    backend.see('j', RUNNING);
    await settle();
    logOf('j').write('of the first');
    await settle();
    logOf('j').lose();
    const suspended = { ...attempt(1), state: 'suspended' } as const;
    backend.see('j', { jobDeploymentStatus: 'Suspended' }, [suspended]);
    await pass(10, isWhole('j'));
    await backend.stop();
    const again = start();
    again.see('j', RUNNING, [suspended, attempt(2)]);
    logOf('j', 2).write('of the second');
    logOf('j', 2).end();
    await pass(10, isWhole('j', 2));
    expect(textOf('j')).toEqual(['of the first']);
    expect(textOf('j', 2)).toEqual(['of the second']);
    // Nobody reads the first one again.
    expect(logOf('j').opened).toBe(1);
  });

  it('completes the log of a job that is deleted while it waits for a turn', async () => {
    const backend = start();
    const names = Array.from({ length: 120 }, (_, i) => `job-${i}`);
    names.forEach(name => backend.see(name, RUNNING));
    await settle();
    logOf('job-0').write('a');
    await pass(8);
    expect(logOf('job-0').readers).toBe(0);
    logOf('job-0').vanish();
    backend.gone('job-0');
    await pass(30, isWhole('job-0'));
    expect(textOf('job-0')).toEqual(['a']);
  });

  it('tries again when the archive fails, without a line lost or repeated', async () => {
    const backend = start();
    const { write } = archive;
    let fails = true;
    archive.write = (...args) => {
      if (fails) {
        return Promise.reject(new Error('The disk is full'));
      }
      return write.apply(archive, args);
    };
    backend.see('j', RUNNING);
    await settle();
    logOf('j').write('a', 'b');
    await pass(10);
    expect(backend.archiver.failures).toBe(1);
    fails = false;
    logOf('j').write('c');
    logOf('j').end();
    await pass(60, isWhole('j'));
    expect(textOf('j')).toEqual(['a', 'b', 'c']);
  });
});
