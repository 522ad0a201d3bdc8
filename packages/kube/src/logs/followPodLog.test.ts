import { PODS } from '../http/resources';
import { KubeClient } from '../http/KubeClient';
import { FakeKubeApi } from '../__testUtils__/FakeKubeApi';
import { until } from '../__testUtils__/until';
import type { FakePodLog } from '../__testUtils__/FakePodLog';
import { sleep } from '../watch/sleep';
import {
  followPodLog,
  type PodLogEvent,
  type PodLogOptions,
} from './followPodLog';
import type { PodLogCursor } from './podLogTypes';

const REF = { namespace: 'training', pod: 'driver', container: 'main' };

/** Second, then nanosecond within it. */
const at = (second: number, nano = 0) =>
  `2026-11-23T21:06:${String(second).padStart(2, '0')}.${String(nano).padStart(9, '0')}Z`;

describe('followPodLog', () => {
  let api: FakeKubeApi;
  let client: KubeClient;
  let log: FakePodLog;
  let stop: AbortController;

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    client = new KubeClient({ access: api.access(), timeoutMs: 500 });
    stop = new AbortController();
    log = api.log(REF.namespace, REF.pod, REF.container);
  });

  afterEach(async () => {
    stop.abort();
    client.close();
    await api.close();
  });

  function container(
    state: 'waiting' | 'running' | 'terminated',
    restartCount = 0,
    phase = state === 'terminated' ? 'Succeeded' : 'Running',
  ) {
    const states = {
      waiting: { waiting: { reason: 'ContainerCreating' } },
      running: { running: {} },
      terminated: { terminated: { exitCode: 0 } },
    };
    const pod = {
      metadata: { name: REF.pod, namespace: REF.namespace, uid: 'u1' },
      status: {
        phase: state === 'waiting' ? 'Pending' : phase,
        containerStatuses: [
          { name: REF.container, restartCount, state: states[state] },
        ],
      },
    };
    api.put(PODS, pod);
  }

  function read(options: Partial<PodLogOptions> = {}) {
    const texts: string[] = [];
    const events: PodLogEvent[] = [];
    let cursor: PodLogCursor | undefined;
    const run = async () => {
      const stream = followPodLog({
        client,
        ...REF,
        signal: stop.signal,
        follow: true,
        pollMs: 10,
        ...options,
      });
      for (;;) {
        const next = await stream.next();
        if (next.done) {
          return next.value;
        }
        events.push(next.value);
        if (next.value.type === 'lines') {
          texts.push(...next.value.lines.map(line => line.text));
          cursor = next.value.cursor;
        }
      }
    };
    const end = run();
    return { texts, events, end, cursor: () => cursor };
  }

  it('gives out lines as they are written and ends when the container has', async () => {
    container('running');
    log.append(at(1), 'one');
    const reading = read();
    await until(() => reading.texts.length === 1);
    log.append(at(2), 'two');
    await until(() => reading.texts.length === 2);
    container('terminated');
    log.end();
    await expect(reading.end).resolves.toBe('completed');
    expect(reading.texts).toEqual(['one', 'two']);
  });

  it('cuts a line that is far too long, and goes on after it', async () => {
    container('running');
    log.append(at(1), 'one');
    log.append(at(2), 'x'.repeat(17 * 1024 * 1024));
    log.append(at(3), 'three');
    const reading = read();
    await until(() => reading.texts.length === 3);
    container('terminated');
    log.end();
    await expect(reading.end).resolves.toBe('completed');
    expect(reading.texts[1].slice(0, 1024 * 1024)).toBe(
      'x'.repeat(1024 * 1024),
    );
    expect(reading.texts[1].slice(1024 * 1024)).toBe(
      '… [16777216 more bytes of this line are left out]',
    );
    expect(reading.texts[2]).toBe('three');
  });

  it('does not take a closed connection for the end', async () => {
    container('running');
    log.append(at(1), 'one');
    const reading = read();
    await until(() => log.followerCount === 1);
    log.closeFollowers();
    log.append(at(2), 'two');
    await until(() => reading.texts.length === 2);
    container('terminated');
    log.end();
    await expect(reading.end).resolves.toBe('completed');
    expect(reading.texts).toEqual(['one', 'two']);
  });

  it('neither loses nor repeats lines over resets in the middle of a line', async () => {
    container('running');
    const reading = read();
    await until(() => log.followerCount === 1);
    const expected: string[] = [];
    const connected = () => log.followerCount === 1;
    for (let i = 0; i < 60; i += 1) {
      // Several lines share a nanosecond, many share a second.
      log.append(at(Math.floor(i / 20), Math.floor(i / 3)), `line ${i}`);
      expected.push(`line ${i}`);
      if (i % 15 === 7) {
        await until(() => reading.texts.length === expected.length);
        log.tearFollowers(`${at(59)} half a li`);
        await until(connected);
      }
    }
    container('terminated');
    log.end();
    await expect(reading.end).resolves.toBe('completed');
    expect(reading.texts).toEqual(expected);
    expect(reading.events.some(event => event.type === 'gap')).toBe(false);
  });

  it('reads a log that has ended over as many connections as it takes', async () => {
    container('terminated');
    log.breaksAfter = 4;
    log.end();
    const expected = Array.from({ length: 31 }, (_, i) => `line ${i}`);
    expected.forEach((text, i) => log.append(at(i), text));
    const reading = read();
    await expect(reading.end).resolves.toBe('completed');
    expect(reading.texts).toEqual(expected);
    expect(reading.events.some(event => event.type === 'gap')).toBe(false);
  });

  it('resumes from a cursor in another process', async () => {
    container('running');
    ['a', 'b', 'c'].forEach(text => log.append(at(1, 7), text));
    const first = read();
    await until(() => first.texts.length === 3);
    const cursor = first.cursor();
    expect(cursor).toEqual({
      kind: 'container',
      podUid: 'u1',
      container: 'main',
      restartCount: 0,
      time: at(1, 7),
      count: 3,
    });
    log.append(at(1, 7), 'd');
    log.append(at(1, 8), 'e');
    const second = read({ cursor });
    await until(() => second.texts.length === 2);
    expect(second.texts).toEqual(['d', 'e']);
  });

  it('says where the node rotated lines away', async () => {
    container('running');
    log.append(at(1), 'one');
    const reading = read();
    await until(() => reading.texts.length === 1);
    log.rotate();
    log.closeFollowers();
    log.append(at(3), 'three');
    await until(() => reading.texts.length === 2);
    expect(reading.events.map(event => event.type)).toEqual([
      'lines',
      'gap',
      'lines',
    ]);
  });

  it('waits for a container that has not started, saying why', async () => {
    container('waiting');
    const reading = read();
    await until(() => reading.events.length === 1);
    expect(reading.events[0]).toEqual({
      type: 'waiting',
      message: 'driver waits: ContainerCreating',
    });
    container('running');
    log.append(at(1), 'one');
    await until(() => reading.texts.length === 1);
  });

  it('reads on after an API server that restarted', async () => {
    container('running');
    log.append(at(1), 'one');
    const reading = read();
    await until(() => reading.texts.length === 1);
    api.fault = { type: 'status', code: 503, message: 'starting' };
    api.dropConnections();
    log.append(at(2), 'two');
    await sleep(50);
    api.fault = undefined;
    await until(() => reading.texts.length === 2);
    expect(reading.texts).toEqual(['one', 'two']);
  });

  it('reads on after an API server that refused everybody while it started', async () => {
    container('running');
    log.append(at(1), 'one');
    const reading = read();
    await until(() => reading.texts.length === 1);
    api.fault = { type: 'status', code: 403, message: 'pods is forbidden' };
    log.tearFollowers(`${at(2)} tw`);
    log.append(at(2), 'two');
    await sleep(500, stop.signal);
    api.fault = undefined;
    await until(() => reading.texts.length === 2);
    container('terminated');
    log.end();
    await expect(reading.end).resolves.toBe('completed');
    expect(reading.texts).toEqual(['one', 'two']);
    expect(reading.events.some(event => event.type === 'gap')).toBe(false);
  });

  it('says at once when it was never let in', async () => {
    container('running');
    api.fault = { type: 'status', code: 403, message: 'pods is forbidden' };
    await expect(read().end).rejects.toThrow('pods is forbidden');
  });

  it('reads only the last lines when asked', async () => {
    container('running');
    ['one', 'two', 'three'].forEach((text, i) => log.append(at(i), text));
    const reading = read({ follow: false, tailLines: 2 });
    await expect(reading.end).resolves.toBe('read');
    expect(reading.texts).toEqual(['two', 'three']);
  });

  it('tells a pod that never was from one that is gone', async () => {
    await expect(read().end).resolves.toBe('not-found');
    container('running');
    log.append(at(1), 'one');
    const reading = read();
    await until(() => reading.texts.length === 1);
    api.collection(PODS).delete('training/driver');
    log.closeFollowers();
    await expect(reading.end).resolves.toBe('deleted');
  });
});
