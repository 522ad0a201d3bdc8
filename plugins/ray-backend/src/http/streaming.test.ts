import { connect } from 'node:net';
import { PODS, sleep } from '@ml-platform/kube';
import { RAYJOBS } from '@ml-platform/rayjob';
import {
  FakeKubeApi,
  until,
  type FakePodLog,
} from '@ml-platform/kube/testUtils';
import {
  startRealBackend,
  type RealBackend,
} from '../__testUtils__/realBackend';

const PATIENCE = 60_000;
const LOGS = '/api/ray/jobs/c/training/first/logs?follow=true';
/** Written after the viewers came: nobody waits for the slow ones. */
const LATER = '2099-11-23T21:06:46.000000001Z';

const submitter = {
  metadata: {
    name: 'first-x',
    namespace: 'training',
    labels: {
      'app.kubernetes.io/created-by': 'kuberay-operator',
      'ray.io/originated-from-cr-name': 'first',
    },
  },
  spec: { containers: [{ name: 'ray-job-submitter' }] },
  status: {
    phase: 'Running',
    containerStatuses: [
      { name: 'ray-job-submitter', restartCount: 0, state: { running: {} } },
    ],
  },
};

describe('streams over real connections', () => {
  let api: FakeKubeApi;
  let backend: RealBackend;
  let log: FakePodLog;
  const closing: (() => void)[] = [];

  const put = (name: string) =>
    api.put(RAYJOBS, {
      metadata: { name, namespace: 'training' },
      ...{ status: { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' } },
    });

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    put('first');
    api.put(PODS, submitter);
    log = api.log('training', 'first-x', 'ray-job-submitter');
    const clusters = [{ name: 'c', url: api.url }];
    backend = await startRealBackend({ clusters });
    await backend.started;
  });

  afterEach(async () => {
    closing.splice(0).forEach(close => close());
    await backend.stop();
    await api.close();
  });

  /** A viewer behind a browser's or curl's offer to decompress. */
  async function view(path: string, accept: string) {
    const abort = new AbortController();
    closing.push(() => abort.abort());
    const response = await fetch(`${backend.baseUrl}${path}`, {
      headers: { ...backend.headers, accept, 'accept-encoding': 'gzip' },
      signal: abort.signal,
    });
    const pieces: string[] = [];
    const read = async () => {
      for await (const piece of response.body ?? []) {
        pieces.push(Buffer.from(piece).toString());
      }
    };
    read().catch(error => pieces.push(error.message));
    return { response, text: () => pieces.join('') };
  }

  /** A viewer over a bare socket, who reads only when told so. */
  function stalledView(path: string) {
    const { hostname, port } = new URL(backend.baseUrl);
    const socket = connect(Number(port), hostname);
    closing.push(() => socket.destroy());
    socket.pause();
    socket.write(
      [
        `GET ${path} HTTP/1.0`,
        `authorization: ${backend.headers.authorization}`,
        'accept: text/plain',
        '\r\n',
      ].join('\r\n'),
    );
    const pieces: string[] = [];
    socket.setEncoding('utf8').on('data', piece => pieces.push(String(piece)));
    socket.pause();
    return { resume: () => socket.resume(), text: () => pieces.join('') };
  }

  it('compresses answers, but holds back no event of a stream for it', async () => {
    for (let i = 0; i < 20; i += 1) {
      put(`job-${i}`);
    }
    const jobs = await view('/api/ray/jobs/stream', 'text/event-stream');
    await until(() => jobs.text().includes('"name":"job-19"'));
    const list = await view('/api/ray/jobs', 'application/json');
    expect(list.response.headers.get('content-encoding')).toBe('gzip');
    const text = await view(LOGS, 'text/plain');
    const events = await view(LOGS, 'text/event-stream');
    for (const { response } of [jobs, text, events]) {
      expect(response.headers.get('content-encoding')).toBeNull();
    }
    log.append(LATER, 'one');
    put('second');
    await until(() => text.text() === 'one\n');
    await until(() => events.text().includes('"text":"one"'));
    await until(() => jobs.text().includes('"name":"second"'));
  }, 20_000);

  it('breaks off a log that is followed when it stops, for another backend to continue', async () => {
    const text = await view(LOGS, 'text/plain');
    const events = await view(LOGS, 'text/event-stream');
    for (const { response } of [text, events]) {
      // Nobody may ask for more where it broke off.
      expect(response.headers.get('connection')).toBe('close');
    }
    log.append(LATER, 'one');
    await until(() => text.text() === 'one\n');
    await until(() => events.text().includes('"text":"one"'));
    await backend.stop();
    await until(() => text.text().includes('\n[interrupted] '));
    expect(events.text()).not.toContain('event: end');
    const [, cursor] = /^id: (\S+)$/m.exec(events.text()) ?? [];

    backend = await startRealBackend({
      clusters: [{ name: 'c', url: api.url }],
    });
    await backend.started;
    const resumed = await view(
      `${LOGS}&cursor=${encodeURIComponent(cursor)}`,
      'text/event-stream',
    );
    log.append(LATER.replace('46', '47'), 'two');
    await until(() => resumed.text().includes('"text":"two"'));
    expect(resumed.text()).not.toContain('"text":"one"');
  }, 20_000);

  it(
    'cuts off a viewer who does not read, with a gap; others lose nothing',
    async () => {
      const quick = await view(LOGS, 'text/plain');
      const stalled = stalledView(LOGS);
      log.append(LATER, 'line 0');
      await until(() => quick.text().includes('line 0\n'));
      const filler = 'x'.repeat(10_000);
      const count = 3_000;
      for (let i = 1; i <= count; i += 1) {
        log.append(LATER, `line ${i} ${filler}`);
        if (i % 20 === 0) {
          await sleep(1);
        }
      }
      await until(
        () => quick.text().endsWith(`line ${count} ${filler}\n`),
        30_000,
      );
      const lines = quick.text().split('\n').slice(0, -1);
      expect(lines.map(line => line.split(' ')[1])).toEqual(
        Array.from({ length: count + 1 }, (_, i) => `${i}`),
      );
      expect(log.followerCount).toBe(1);
      stalled.resume();
      await until(
        () => stalled.text().endsWith(`line ${count} ${filler}\n`),
        30_000,
      );
      expect(stalled.text().match(/^\[gap\] .+$/gm)).toHaveLength(1);
      expect(stalled.text().length).toBeLessThan(quick.text().length);
    },
    PATIENCE,
  );
});
