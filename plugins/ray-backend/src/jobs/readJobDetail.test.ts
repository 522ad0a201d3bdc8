import type { FreeAmounts, JobSummary } from '@ml-platform/rayjob';
import { JobIndex } from './JobIndex';
import { readJobDetail, type JobDetailOptions } from './readJobDetail';

const FREE: FreeAmounts = {
  total: { cpu: 12_000, memory: 0, gpu: 2 },
  largest: { cpu: 4_000, memory: 0, gpu: 1 },
};

const aRow = (reason: string): JobSummary => ({
  cluster: 'c',
  namespace: 'training',
  name: 'j',
  uid: 'u',
  state: 'pending',
  reason,
  createdAt: '2026-11-30T12:00:00Z',
  attempt: 1,
  resources: { cpu: 8_000, memory: 0, gpu: 1, accelerators: {} },
  workers: { desired: 0, ready: 0 },
});

describe('readJobDetail', () => {
  /** What is free, as a reader is told it of a job. */
  async function freeOf(job: JobSummary, seesClusters: boolean, live = true) {
    const index = new JobIndex();
    if (live) {
      index.setLive(job);
    } else {
      index.setGone(job);
    }
    const clusters: unknown = {
      podsOf: () => [],
      attemptsOf: () => [],
      entry: () => undefined,
      get: () => ({ facts: { free: FREE } }),
    };
    const history: Pick<JobDetailOptions['history'], 'detail' | 'earlierRuns'> =
      {
        detail: async () => undefined,
        earlierRuns: async () => [],
      };
    const { free } = await readJobDetail(job, {
      index,
      clusters: clusters as JobDetailOptions['clusters'],
      history: history as JobDetailOptions['history'],
      visible: () => true,
      seesClusters: async () => seesClusters,
      rayJob: async () => {
        throw new Error('down');
      },
    });
    return free;
  }

  it('tells what is free where no node has room for the job', async () => {
    expect(await freeOf(aRow('Unschedulable'), true)).toEqual(FREE);
    expect(await freeOf(aRow('ImagePullBackOff'), true)).toBeUndefined();
  });

  it('tells nobody who may not see clusters', async () => {
    expect(await freeOf(aRow('Unschedulable'), false)).toBeUndefined();
  });

  it('tells nothing of a job that is gone', async () => {
    expect(await freeOf(aRow('Unschedulable'), true, false)).toBeUndefined();
  });
});
