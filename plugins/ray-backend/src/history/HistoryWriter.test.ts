import type { JobSummary } from '@ml-platform/rayjob';
import { JobIndex } from '../jobs/JobIndex';
import type { HistoryRecord } from './historyRecord';
import type { HistoryStore } from './HistoryStore';
import { HistoryWriter } from './HistoryWriter';

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

describe('HistoryWriter', () => {
  it('counts what the database did not take, and writes it with the next batch', async () => {
    const saved: string[] = [];
    let isDown = true;
    const store: Pick<HistoryStore, 'save' | 'saveGone'> = {
      async save(records: readonly HistoryRecord[]) {
        if (isDown) {
          throw new Error('connect ECONNREFUSED');
        }
        saved.push(...records.map(record => record.summary.name));
      },
      async saveGone() {},
    };
    const writer = new HistoryWriter({
      store: store as HistoryStore,
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
    await expect(writer.flush()).rejects.toThrow('ECONNREFUSED');
    await expect(writer.flush()).rejects.toThrow('ECONNREFUSED');
    expect(writer.failures).toBe(2);
    isDown = false;
    await writer.flush();
    expect(saved).toEqual(['j']);
    expect(writer.failures).toBe(2);
    expect(writer.idle).toBe(true);
  });
});
