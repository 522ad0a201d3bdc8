import type { JobSummary } from '@ml-platform/rayjob';
import { JobIndex } from '../jobs/JobIndex';
import type { HistoryRecord } from './historyRecord';
import type { HistoryStore } from './HistoryStore';
import { HistoryWriter } from './HistoryWriter';
import type { RunEvent, RunId } from './RunEvents';

const summary: JobSummary = {
  cluster: 'c',
  namespace: 'n',
  name: 'j',
  uid: 'u',
  state: 'running',
  createdAt: '2026-11-29T12:00:00Z',
  attempt: 1,
  resources: { cpu: 0, memory: 0, gpu: 0, accelerators: {} },
  workers: { desired: 0, ready: 0 },
};

const anEvent = (key: string, count: number): RunEvent => ({
  key,
  event: {
    type: 'Normal',
    reason: key,
    message: '',
    count,
    firstSeen: '2026-11-29T12:00:00Z',
    lastSeen: `2026-11-29T12:00:0${count}Z`,
    object: { kind: 'Pod', name: 'p' },
  },
});

describe('HistoryWriter', () => {
  it('counts what the database did not take, and writes it with the next batch', async () => {
    const saved: string[] = [];
    let isDown = true;
    const events: (RunId & RunEvent)[] = [];
    const store = {
      async save(records: readonly HistoryRecord[]) {
        if (isDown) {
          throw new Error('connect ECONNREFUSED');
        }
        saved.push(...records.map(record => record.summary.name));
      },
      async saveGone() {},
      events: {
        async save(some: readonly (RunId & RunEvent)[]) {
          events.push(...some);
        },
      },
    };
    const writer = new HistoryWriter({
      store: store as unknown as HistoryStore,
      index: new JobIndex(),
      clock: () => new Date(),
    });
    writer.put({
      id: 'c/n/j',
      resourceVersion: '1',
      summary,
      attempts: [],
      conditions: [],
      manifest: '{}',
    });
    writer.putEvent(summary, anEvent('pulling', 1));
    writer.putEvent(summary, anEvent('failed', 1));
    await expect(writer.flush()).rejects.toThrow('ECONNREFUSED');
    writer.putEvent(summary, anEvent('failed', 2));
    await expect(writer.flush()).rejects.toThrow('ECONNREFUSED');
    expect(writer.failures).toBe(2);
    isDown = false;
    await writer.flush();
    expect(saved).toEqual(['j']);
    expect(
      events.map(({ id, uid, key, event }) => [id, uid, key, event.count]),
    ).toEqual([
      ['c/n/j', 'u', 'pulling', 1],
      ['c/n/j', 'u', 'failed', 2],
    ]);
    expect(writer.failures).toBe(2);
    expect(writer.idle).toBe(true);
  });
});
