import { mockServices } from '@backstage/backend-test-utils';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import type { MetricsServiceObservableCallback } from '@backstage/backend-plugin-api/alpha';
import { Clusters } from '../clusters/Clusters';
import { JobIndex } from '../jobs/JobIndex';
import { LogHub } from '../logs/LogHub';
import { registerMetrics } from './registerMetrics';

describe('registerMetrics', () => {
  it('tells what the backend holds when it is asked', async () => {
    const callbacks = new Map<string, MetricsServiceObservableCallback>();
    const observable = (name: string) => ({
      addCallback: (callback: MetricsServiceObservableCallback) =>
        callbacks.set(name, callback),
      removeCallback: () => {},
    });
    const metrics = metricsServiceMock.mock({
      createObservableGauge: observable,
      createObservableCounter: observable,
    });
    const index = new JobIndex();
    index.setLive({
      cluster: 'c',
      namespace: 'n',
      name: 'j',
      uid: 'u',
      state: 'pending',
      createdAt: '2026-11-29T12:00:00Z',
      attempt: 1,
      resources: { cpu: 0, memory: 0, gpu: 0, accelerators: {} },
      workers: { desired: 0, ready: 0 },
    });
    const access = { ok: false, error: 'no credentials' } as const;
    const clusters = new Clusters({
      entries: [{ name: 'c', title: 'C', holdsJobs: true, access }],
      index,
      logger: mockServices.logger.mock(),
    });
    registerMetrics({
      metrics,
      index,
      clusters,
      hub: new LogHub({ maxBytes: 1, lingerMs: 1 }),
      numbered: { bytes: 5 },
      stream: { viewers: 3 },
      archiver: { failures: 2 },
      history: { failures: 4 },
      clock: () => new Date('2026-11-29T12:01:30Z'),
    });
    const read = async (name: string) => {
      const values: unknown[] = [];
      await callbacks.get(name)?.({
        observe: (value, attributes) => values.push([value, attributes]),
      });
      return values;
    };
    expect(await read('ray.jobs')).toEqual([
      [1, { cluster: 'c', state: 'pending' }],
    ]);
    expect(await read('ray.job.oldest.wait')).toEqual([
      [0, { cluster: 'c', state: 'queued' }],
      [90, { cluster: 'c', state: 'pending' }],
    ]);
    expect(await read('ray.archive.failures')).toEqual([[2, undefined]]);
    expect(await read('ray.history.failures')).toEqual([[4, undefined]]);
    expect(await read('ray.cluster.reachable')).toEqual([
      [0, { cluster: 'c' }],
    ]);
    expect(await read('ray.watch.relists')).toEqual([[0, { cluster: 'c' }]]);
    expect(await read('ray.watch.lag')).toEqual([]);
    expect(await read('ray.log.upstreams')).toEqual([[0, undefined]]);
    expect(await read('ray.log.numbered.bytes')).toEqual([[5, undefined]]);
    expect(await read('ray.log.viewers')).toEqual([[0, undefined]]);
    expect(await read('ray.log.gaps')).toEqual([[0, undefined]]);
    expect(await read('ray.log.lines.dropped')).toEqual([[0, undefined]]);
    expect(await read('ray.list.viewers')).toEqual([[3, undefined]]);
  });
});
