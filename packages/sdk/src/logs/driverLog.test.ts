import { KubeClient, PODS } from '@ml-platform/kube';
import {
  FakeKubeApi,
  rayAnswer,
  until,
  type FakeAnswer,
} from '@ml-platform/kube/testUtils';
import {
  RAYJOBS,
  type Container,
  type Pod,
  type RayJobStatus,
} from '@ml-platform/rayjob';
import {
  driverLog,
  type DriverLogEvent,
  type DriverLogOptions,
} from './driverLog';
import type { DriverCursor } from './logCursor';
import { ReadLines } from './ReadLines';

const REF = { cluster: 'c', namespace: 'training', name: 'j' };
const second = (n: number) =>
  `2026-11-23T21:06:${String(n).padStart(2, '0')}.000000001Z`;
const RUN: RayJobStatus = {
  jobDeploymentStatus: 'Running',
  jobStatus: 'RUNNING',
  jobId: 'j-1',
  rayClusterName: 'j-a',
  dashboardURL: 'j-head-svc.training.svc.cluster.local:8265',
  rayJobInfo: { startTime: second(1) },
};
const ENDED: RayJobStatus = {
  ...RUN,
  jobDeploymentStatus: 'Complete',
  jobStatus: 'SUCCEEDED',
};

describe('driverLog', () => {
  let api: FakeKubeApi;
  let client: KubeClient;
  let stop: AbortController;

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    client = new KubeClient({ access: api.access(), timeoutMs: 500 });
    stop = new AbortController();
  });

  afterEach(async () => {
    stop.abort();
    client.close();
    await api.close();
  });

  const putJob = (status: RayJobStatus, spec: object = {}) =>
    api.put(RAYJOBS, {
      metadata: { name: 'j', namespace: 'training', uid: 'uid-j' },
      ...{ spec, status },
    });

  function putPod(
    name: string,
    state: object,
    more: { containers?: readonly Container[]; container?: string } = {},
  ) {
    const { container = 'ray-job-submitter' } = more;
    const pod: Pod = {
      metadata: {
        name,
        namespace: 'training',
        uid: `uid-${name}`,
        creationTimestamp: second(name.length),
        labels: { 'ray.io/originated-from-cr-name': 'j' },
      },
      spec: { containers: more.containers ?? [{ name: container }] },
      status: {
        phase: 'terminated' in state ? 'Failed' : 'Running',
        containerStatuses: [{ name: container, restartCount: 0, state }],
      },
    };
    api.put(PODS, pod);
  }

  const log = (pod: string, container = 'ray-job-submitter') =>
    api.log('training', pod, container);

  function write(pod: string, from: number, to: number, at = 0) {
    for (let i = from; i < to; i += 1) {
      log(pod).append(second(at + i), `line ${i}`);
    }
  }

  const numbered = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => `line ${from + i}`);

  function read(options: Partial<DriverLogOptions> = {}) {
    const texts: string[] = [];
    const gaps: string[] = [];
    let cursor: DriverCursor | undefined;
    const run = async () => {
      const stream = driverLog(client, REF, {
        signal: stop.signal,
        follow: true,
        pollMs: 10,
        ...options,
      });
      let next = await stream.next();
      for (; !next.done; next = await stream.next()) {
        const event: DriverLogEvent = next.value;
        if (event.type === 'lines') {
          texts.push(...event.lines.map(({ text }) => text));
          ({ cursor } = event);
        } else if (event.type === 'gap') {
          gaps.push(event.reason);
        }
      }
      return next.value;
    };
    return { texts, gaps, end: run(), cursor: () => cursor };
  }

  /** The first submitter fails after ten lines, the second repeats them. */
  function replaceSubmitter() {
    log('j-x').end();
    putPod('j-x', { terminated: { exitCode: 1 } });
    write('j-xy', 0, 10, 20);
    putPod('j-xy', { running: {} });
  }

  function finish() {
    write('j-xy', 10, 15, 20);
    log('j-xy').end();
    putPod('j-xy', { terminated: { exitCode: 0 } });
    putJob(ENDED);
  }

  it('is one log though the submitter is replaced', async () => {
    putJob(RUN);
    write('j-x', 0, 10);
    putPod('j-x', { running: {} });
    const { texts, gaps, end } = read();
    await until(() => texts.length === 10);
    replaceSubmitter();
    await until(() => log('j-xy').followerCount === 1);
    finish();
    await expect(end).resolves.toBe('completed');
    expect(texts).toEqual(numbered(0, 15));
    expect(gaps).toEqual([]);
  });

  it.each(['is still there', 'is gone'])(
    'continues a place of a replaced submitter that %s',
    async still => {
      putJob(RUN);
      write('j-x', 0, 10);
      putPod('j-x', { running: {} });
      const first = read({ follow: false });
      await first.end;
      replaceSubmitter();
      const known = new ReadLines();
      if (still === 'is gone') {
        known.push(numbered(0, 10).map(text => ({ text })));
        api.collection(PODS).delete('training/j-x');
      }
      const { texts, gaps, end } = read({
        cursor: first.cursor(),
        known: known.count > 0 ? { read: known } : undefined,
      });
      await until(() => log('j-xy').followerCount === 1);
      finish();
      await end;
      expect(texts).toEqual(numbered(10, 15));
      expect(gaps).toEqual([]);
    },
  );

  it('asks who has kept the log of a submitter that is gone', async () => {
    putJob(RUN);
    write('j-x', 0, 10);
    putPod('j-x', { running: {} });
    const first = read({ follow: false });
    await first.end;
    replaceSubmitter();
    api.collection(PODS).delete('training/j-x');
    const kept = new ReadLines();
    kept.push(numbered(0, 10).map(text => ({ text })));
    const asked: DriverCursor[] = [];
    const { texts, gaps, end } = read({
      cursor: first.cursor(),
      recall: async place => {
        asked.push(place);
        return { read: kept, reaches: true };
      },
    });
    await until(() => log('j-xy').followerCount === 1);
    finish();
    await end;
    expect(texts).toEqual(numbered(10, 15));
    expect(gaps).toEqual([]);
    expect(asked).toEqual([first.cursor()]);
  });

  it.each([5, 50])(
    'is one log too for who began %i lines before its end',
    async tailLines => {
      putJob(RUN);
      write('j-x', 0, 10);
      putPod('j-x', { running: {} });
      const kept = new ReadLines();
      kept.push(numbered(0, 10).map(text => ({ text })));
      // Whoever has read all needs nobody who has kept it.
      const recall = async () =>
        tailLines < 10 ? { read: kept, reaches: true } : undefined;
      const { texts, gaps, end } = read({ tailLines, recall });
      await until(() => texts.at(-1) === 'line 9');
      replaceSubmitter();
      await until(() => log('j-xy').followerCount === 1);
      finish();
      await end;
      expect(texts).toEqual(numbered(Math.max(0, 10 - tailLines), 15));
      expect(gaps).toEqual([]);
    },
  );

  it('repeats lines rather than lose them, and says so', async () => {
    putJob(RUN);
    write('j-x', 0, 10);
    putPod('j-x', { running: {} });
    const first = read({ follow: false });
    await first.end;
    replaceSubmitter();
    api.collection(PODS).delete('training/j-x');
    const { texts, gaps, end } = read({ cursor: first.cursor() });
    await until(() => log('j-xy').followerCount === 1);
    finish();
    await end;
    expect(texts).toEqual(numbered(0, 15));
    expect(gaps).toEqual([expect.stringContaining('missing or repeated')]);
  });

  it.each([
    ['of its own name', [{ name: 'my-submitter' }]],
    ['behind another', [{ name: 'istio-proxy' }, { name: 'my-submitter' }]],
  ])('reads the container that submits %s', async (_, containers) => {
    const spec = {
      submitterPodTemplate: {
        spec: { containers: [{ name: 'my-submitter' }] },
      },
    };
    putJob(ENDED, spec);
    putPod(
      'j-x',
      { terminated: { exitCode: 0 } },
      { containers, container: 'my-submitter' },
    );
    log('j-x', 'my-submitter').append(second(1), 'tick 0');
    log('j-x', 'my-submitter').end();
    const { texts, gaps, end } = read();
    await expect(end).resolves.toBe('completed');
    expect(texts).toEqual(['tick 0']);
    expect(gaps).toEqual([]);
  });

  it('reads each run of a job that is suspended, and says where one ends', async () => {
    const next = { ...RUN, jobId: 'j-2', rayClusterName: 'j-b' };
    putJob(RUN);
    write('j-x', 0, 3);
    putPod('j-x', { running: {} });
    const all = read();
    const one = read({ run: { attempt: 1, jobId: 'j-1', rayCluster: 'j-a' } });
    await until(() => one.texts.length === 3 && all.texts.length === 3);
    log('j-x').end();
    api.collection(PODS).delete('training/j-x');
    putJob({ jobDeploymentStatus: 'Suspended' }, { suspend: true });
    await expect(one.end).resolves.toMatch(/completed|deleted/);
    write('j-xy', 0, 15);
    putPod('j-xy', { running: {} });
    putJob(next);
    await until(() => log('j-xy').followerCount === 1);
    log('j-xy').end();
    putPod('j-xy', { terminated: { exitCode: 0 } });
    putJob({ ...ENDED, jobId: 'j-2', rayClusterName: 'j-b' });
    await all.end;
    expect(all.texts).toEqual([...numbered(0, 3), ...numbered(0, 15)]);
    expect(all.gaps).toEqual([expect.stringContaining('new attempt')]);
    expect(one.texts).toEqual(numbered(0, 3));
    const resumed = read({ cursor: one.cursor() });
    await resumed.end;
    expect(resumed.texts).toEqual(numbered(0, 15));
    expect(resumed.gaps).toEqual(all.gaps);
  });

  describe('where the node has rotated lines away', () => {
    const own =
      'INFO cli.py:41 -- Job submission server address: http://j:8265';
    const container = {
      name: 'ray-job-submitter',
      args: ['ray job submit -- python x.py ; ray job logs --follow j-1'],
    };
    /** What Ray has of the driver's log; `undefined` once the head is gone. */
    let file: readonly string[] | undefined;
    let asked: string[];
    /** What goes wrong with each time that the file is asked for. */
    let faults: (Partial<FakeAnswer> | undefined)[];

    beforeEach(() => {
      file = numbered(0, 200);
      asked = [];
      faults = [];
      api.answer = (path, query) => {
        const isFile = path.includes('/api/v0/logs/');
        asked.push(...(isFile ? [path] : []));
        const answer = rayAnswer(path, query, () =>
          file
            ? { status: 'RUNNING', logs: file.map(l => `${l}\n`).join('') }
            : undefined,
        );
        return answer && { ...answer, ...(isFile ? faults.shift() : {}) };
      };
      putJob(ENDED);
      putPod(
        'j-x',
        { terminated: { exitCode: 0, startedAt: second(0) } },
        { containers: [container] },
      );
      log('j-x').end();
    });

    /** In place of the submitter that has ended. */
    function startAnother() {
      putJob(RUN);
      api.collection(PODS).delete('training/j-x');
      const live = { running: { startedAt: second(0) } };
      putPod('j-xy', live, { containers: [container] });
    }

    function finishIt() {
      log('j-xy').end();
      const ended = { terminated: { exitCode: 0 } };
      putPod('j-xy', ended, { containers: [container] });
      putJob(ENDED);
    }

    function write200(from: number) {
      for (let i = from; i < 200; i += 1) {
        log('j-x').append(second(1 + Math.floor(i / 10)), `line ${i}`);
      }
    }

    it('begins with what only Ray still has', async () => {
      write200(150);
      const { texts, gaps, end } = read();
      await expect(end).resolves.toBe('completed');
      expect(texts).toEqual(numbered(0, 200));
      expect(gaps).toEqual([]);
    });

    it('asks Ray for nothing where the beginning is there', async () => {
      log('j-x').append(second(0), own);
      write200(0);
      const { texts, end } = read();
      await end;
      expect(texts).toEqual([own, ...numbered(0, 200)]);
      expect(asked).toEqual([]);
    });

    it("waits for the beginning behind Python's warnings", async () => {
      putJob(RUN);
      const live = { running: { startedAt: second(0) } };
      putPod('j-xy', live, { containers: [container] });
      log('j-xy').append(second(0), 'FutureWarning: soon');
      const { texts, gaps, end } = read();
      await until(() => log('j-xy').followerCount === 1);
      log('j-xy').append(second(1), own);
      write('j-xy', 0, 3, 1);
      await until(() => texts.length === 5);
      expect(texts).toEqual(['FutureWarning: soon', own, ...numbered(0, 3)]);
      expect(asked).toEqual([]);
      log('j-xy').end();
      putPod('j-xy', { terminated: {} }, { containers: [container] });
      putJob(ENDED);
      await end;
      expect(gaps).toEqual([]);
    });

    it('begins a log whose few lines are its last for now with what Ray has', async () => {
      putJob(RUN);
      const live = { running: { startedAt: second(0) } };
      putPod('j-xy', live, { containers: [container] });
      write('j-xy', 197, 200, -180);
      const { texts, gaps, end } = read();
      await until(() => texts.length === 200);
      log('j-xy').end();
      putPod('j-xy', { terminated: {} }, { containers: [container] });
      putJob(ENDED);
      await end;
      expect(texts).toEqual(numbered(0, 200));
      expect(gaps).toEqual([]);
    });

    it('knows a few last lines by what Ray says at the end', async () => {
      write200(198);
      log('j-x').append(second(22), "SUCC cli.py:63 -- Job 'j-1' succeeded");
      const { texts, gaps, end } = read();
      await end;
      expect(texts.slice(0, 200)).toEqual(numbered(0, 200));
      expect(gaps).toEqual([]);
    });

    it.each([true, false])(
      'reads all from Ray where the node has nothing left (follow: %s)',
      async follow => {
        const { texts, gaps, end } = read({ follow });
        await end;
        expect(texts).toEqual(numbered(0, 200));
        expect(gaps).toEqual([]);
      },
    );

    it('goes on at the node when lines come after all that Ray had', async () => {
      putJob(RUN);
      const live = { running: { startedAt: second(0) } };
      putPod('j-xy', live, { containers: [container] });
      const { texts, gaps, end } = read();
      await until(() => texts.length === 200);
      file = numbered(0, 210);
      write('j-xy', 195, 210, -180);
      await until(() => texts.length === 210);
      log('j-xy').end();
      putPod('j-xy', { terminated: {} }, { containers: [container] });
      putJob(ENDED);
      await end;
      expect(texts).toEqual(numbered(0, 210));
      expect(gaps).toEqual([]);
    });

    it('adds the end that the node has rotated away', async () => {
      const said = numbered(0, 1_200).map(line => `${line} ${'x'.repeat(1e3)}`);
      file = said;
      log('j-x').append(second(0), own);
      said.slice(0, 1_100).forEach(text => log('j-x').append(second(1), text));
      const { texts, gaps, end } = read();
      await expect(end).resolves.toBe('completed');
      expect(texts).toEqual([own, ...said]);
      expect(gaps).toEqual([]);
    });

    it('asks again where Ray does not answer, or breaks off', async () => {
      faults = [
        { code: 503, body: { kind: 'Status', message: 'no endpoints' } },
        { cut: { after: 500, then: 'breaks' } },
      ];
      write200(150);
      const { texts, gaps, end } = read();
      await end;
      expect(texts).toEqual(numbered(0, 200));
      expect(gaps).toEqual([]);
    });

    it('says nothing of lines that it was kept from reading', async () => {
      faults = [{ cut: { after: 500, then: 'stalls' } }];
      write200(150);
      const stopped = read();
      await until(() => stopped.texts.length > 0);
      stop.abort();
      await stopped.end;
      const count = stopped.texts.length;
      expect(stopped.texts).toEqual(numbered(0, count));
      expect(count).toBeLessThan(100);
      expect(stopped.gaps).toEqual([]);
      stop = new AbortController();
      const rest = read({ cursor: stopped.cursor() });
      await rest.end;
      expect(rest.texts).toEqual(numbered(count, 200));
      expect(rest.gaps).toEqual([]);
    });

    it('says so where Ray has gone', async () => {
      file = undefined;
      write200(150);
      const { texts, gaps, end } = read();
      await end;
      expect(texts).toEqual(numbered(150, 200));
      expect(gaps).toEqual([expect.stringContaining('Ray no longer has it')]);
    });

    it('says so where it is not sure what is missing', async () => {
      file = Array.from({ length: 300 }, () => 'the same');
      for (let i = 0; i < 100; i += 1) {
        log('j-x').append(second(1), 'the same');
      }
      const { gaps, end } = read();
      await end;
      expect(gaps).toEqual([expect.stringContaining('missing')]);
    });

    it.each([20, 170])('goes on after %i lines that were read', async count => {
      write200(150);
      const { texts, gaps, end } = read({
        cursor: { kind: 'driver', run: 'j-a/j-1', place: count },
      });
      await end;
      expect(texts).toEqual(numbered(count, 200));
      expect(gaps).toEqual([]);
    });

    it('fills a gap that came while the connection was down', async () => {
      startAnother();
      log('j-xy').append(second(1), own);
      write('j-xy', 0, 30);
      const { texts, gaps, end } = read();
      await until(() => texts.length === 31);
      log('j-xy').closeFollowers();
      log('j-xy').rotate();
      write('j-xy', 60, 90, -30);
      await until(() => texts.length === 91);
      finishIt();
      await end;
      expect(texts).toEqual([own, ...numbered(0, 90)]);
      expect(gaps).toEqual([]);
    });

    it('fills one gap soon after another', async () => {
      startAnother();
      log('j-xy').append(second(1), own);
      write('j-xy', 0, 30);
      const { texts, gaps, end } = read();
      await until(() => texts.length === 31);
      log('j-xy').closeFollowers();
      log('j-xy').rotate();
      // Fewer lines than those by which a place is known.
      write('j-xy', 60, 65, -30);
      await until(() => texts.length === 66);
      log('j-xy').closeFollowers();
      log('j-xy').rotate();
      write('j-xy', 80, 99, -40);
      await until(() => texts.length === 100);
      finishIt();
      await end;
      expect(texts).toEqual([own, ...numbered(0, 99)]);
      expect(gaps).toEqual([]);
    });

    it('fills a gap behind a line that the node has joined with another', async () => {
      startAnother();
      log('j-xy').append(second(1), own);
      write('j-xy', 0, 30);
      log('j-xy').append(second(30), 'liline 59');
      const { texts, gaps, end } = read();
      await until(() => texts.length === 32);
      log('j-xy').closeFollowers();
      log('j-xy').rotate();
      write('j-xy', 60, 80, -28);
      await until(() => texts.length === 82);
      finishIt();
      await end;
      // What was given out before stays; all that the driver wrote is there behind it.
      expect(texts).toEqual([
        ...[own, ...numbered(0, 30), 'liline 59'],
        ...numbered(30, 80),
      ]);
      expect(gaps).toEqual([]);
    });

    it('fills what the node left out for a reader who was behind', async () => {
      const said = numbered(0, 3_400).map(line => `${line} ${'x'.repeat(1e3)}`);
      file = said;
      // A sidecar starts before the job has Ray's address.
      putJob({ ...RUN, dashboardURL: undefined });
      api.collection(PODS).delete('training/j-x');
      const live = { running: { startedAt: second(0) } };
      putPod('j-xy', live, { containers: [container] });
      const begun = Date.now();
      /** Each file holds the lines of ten seconds. */
      const append = (number: number) =>
        log('j-xy').append(
          `${new Date(begun + number * 10).toISOString().slice(0, -1)}000000Z`,
          said[number],
        );
      log('j-xy').append(second(1), own);
      const { texts, gaps, end } = read();
      await until(() => texts.length === 1);
      putJob(RUN);
      const clock = jest.spyOn(Date, 'now').mockReturnValue(begun + 34_000);
      try {
        for (let i = 0; i < 1_100; i += 1) append(i);
        for (let i = 2_200; i < 3_300; i += 1) append(i);
        // The newest file comes once for each that was begun.
        for (let i = 2_200; i < 3_400; i += 1) append(i);
        await until(() => texts.length === 1 + said.length);
      } finally {
        clock.mockRestore();
      }
      finishIt();
      await end;
      expect(texts).toEqual([own, ...said]);
      expect(gaps).toEqual([]);
    });
  });

  describe('in HTTPMode', () => {
    const spec = { submissionMode: 'HTTPMode' };
    let answer: { status: string; logs: string } | undefined;

    beforeEach(() => {
      answer = { status: 'RUNNING', logs: 'a\nb\n' };
      api.answer = (path, query) => rayAnswer(path, query, () => answer);
      putJob(RUN, spec);
    });

    it('reads the end at once when Ray says that the job is over', async () => {
      const { texts, gaps, end } = read();
      await until(() => texts.length === 2);
      answer = { status: 'SUCCEEDED', logs: 'a\nb\nlast' };
      await until(() => texts.length === 3);
      answer = undefined;
      putJob(ENDED, spec);
      await end;
      expect(texts).toEqual(['a', 'b', 'last']);
      expect(gaps).toEqual([]);
    });

    it('says so when the cluster went before the end was read', async () => {
      const { texts, gaps, end } = read();
      await until(() => texts.length === 2);
      answer = undefined;
      putJob(ENDED, spec);
      await expect(end).resolves.toBe('deleted');
      expect(gaps).toEqual([expect.stringContaining('may be missing')]);
    });

    it('gives out each line once over connections that end', async () => {
      const { texts, gaps, end } = read();
      const all = ['a', 'b'];
      for (let i = 0; i < 5; i += 1) {
        await until(() => texts.length === all.length);
        // One line, which the last one tells, and several.
        all.push(...Array.from({ length: 1 + i }, (_, n) => `${i}.${n}`));
        const logs = all.map(line => `${line}\n`).join('');
        answer = { status: 'RUNNING', logs: `${logs}half a li` };
      }
      await until(() => texts.length === all.length);
      answer = { status: 'SUCCEEDED', logs: `${all.join('\n')}\nlast` };
      putJob(ENDED, spec);
      await end;
      expect(texts).toEqual([...all, 'last']);
      expect(gaps).toEqual([]);
    });

    it.each([
      [2, ['b', 'c']],
      [0, []],
    ])('begins %i lines before the end', async (tailLines, texts) => {
      answer = { status: 'SUCCEEDED', logs: 'a\nb\nc\n' };
      putJob(ENDED, spec);
      const ended = read({ tailLines });
      await ended.end;
      expect(ended.texts).toEqual(texts);
    });

    it('continues after the lines that were read', async () => {
      const first = read({ follow: false });
      await first.end;
      answer = { status: 'SUCCEEDED', logs: 'a\nb\nc\n' };
      putJob(ENDED, spec);
      const { texts, end } = read({ cursor: first.cursor() });
      await end;
      expect(texts).toEqual(['c']);
    });
  });
});
