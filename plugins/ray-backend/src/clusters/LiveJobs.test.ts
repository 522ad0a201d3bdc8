import type { Pod, RayJob } from '@ml-platform/rayjob';
import { JobIndex } from '../jobs/JobIndex';
import { JobQueues } from '../kueue/JobQueues';
import { LiveJobs } from './LiveJobs';

const REF = { cluster: 'c', namespace: 'training', name: 'j' };
const KEY = 'training/j';

function rayJob(status: object): RayJob {
  return {
    metadata: { name: 'j', namespace: 'training', uid: 'u' },
    spec: { entrypoint: 'python train.py' },
    status: { rayClusterName: 'j-abc', ...status },
  };
}
const RUNNING = rayJob({
  jobDeploymentStatus: 'Running',
  jobStatus: 'RUNNING',
});

function worker(name: string, status: Pod['status'] = {}): Pod {
  return {
    metadata: {
      name,
      namespace: 'training',
      labels: { 'ray.io/cluster': 'j-abc', 'ray.io/node-type': 'worker' },
    },
    spec: { containers: [{ name: 'ray-worker' }] },
    status,
  };
}

const KILLED: Pod['status'] = {
  containerStatuses: [
    {
      name: 'ray-worker',
      ready: false,
      restartCount: 0,
      state: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
    },
  ],
};

describe('LiveJobs', () => {
  let index: JobIndex;
  let jobs: LiveJobs;
  let judged: jest.SpyInstance;

  beforeEach(() => {
    jest.useFakeTimers();
    index = new JobIndex();
    const queues = new JobQueues({ onChange: () => {}, wholeCluster: true });
    judged = jest.spyOn(queues, 'facts');
    const clock = () => new Date('2026-11-30T12:00:00Z');
    jobs = new LiveJobs({ cluster: 'c', index, queues, clock });
    jobs.putJob(KEY, RUNNING);
  });

  afterEach(() => jest.useRealTimers());

  it('judges a job once, however many of its pods change within a pause', async () => {
    judged.mockClear();
    for (let i = 0; i < 1_000; i += 1) {
      jobs.pods.put(`training/w${i}`, worker(`w${i}`));
      jobs.pods.put(`training/w${i}`, worker(`w${i}`, KILLED));
    }
    expect(judged).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(250);
    expect(judged).toHaveBeenCalledTimes(1);
    expect(index.get(REF)).toMatchObject({ reason: 'OOMKilled' });
    expect(jobs.podsOf(REF)).toHaveLength(1_000);
  });

  it('keeps what the head of an attempt said when the next one begins', () => {
    const scheduledAt = '2026-11-30T11:59:00Z';
    jobs.pods.put('training/head', {
      metadata: {
        name: 'head',
        namespace: 'training',
        labels: { 'ray.io/cluster': 'j-abc', 'ray.io/node-type': 'head' },
      },
      spec: { containers: [{ name: 'ray-head' }] },
      status: {
        conditions: [
          {
            type: 'PodScheduled',
            status: 'True',
            lastTransitionTime: scheduledAt,
          },
        ],
      },
    });
    jobs.putJob(KEY, rayJob({ jobDeploymentStatus: 'Retrying', failed: 1 }));
    jobs.pods.remove('training/head');
    const next = { rayClusterName: 'j-def', failed: 1 };
    jobs.putJob(KEY, rayJob({ jobDeploymentStatus: 'Initializing', ...next }));
    expect(jobs.attemptsOf(REF)).toMatchObject([
      { attempt: 1, rayCluster: 'j-abc', head: { scheduledAt } },
      { attempt: 2, rayCluster: 'j-def' },
    ]);
    expect(jobs.attemptsOf(REF)[1].head).toBeUndefined();
  });

  it('keeps the cause that a pod told which was gone within the same pause', async () => {
    jobs.pods.put('training/w', worker('w'));
    await jest.advanceTimersByTimeAsync(250);
    jobs.pods.put('training/w', worker('w', KILLED));
    jobs.pods.remove('training/w');
    // Nobody is to look for its log.
    expect(jobs.podsOf(REF)).toEqual([]);
    await jest.advanceTimersByTimeAsync(250);
    expect(jobs.podsOf(REF)).toEqual([]);
    expect(index.get(REF)?.reason).toBeUndefined();

    jobs.pods.put('training/w', worker('w', KILLED));
    jobs.pods.remove('training/w');
    // The job itself is not waited for.
    jobs.putJob(
      KEY,
      rayJob({ jobDeploymentStatus: 'Suspended', jobStatus: '' }),
    );
    expect(index.get(REF)).toMatchObject({
      state: 'suspended',
      reason: 'OOMKilled',
    });
  });

  it('shows what the pods of a job said last that is deleted at once', () => {
    jobs.pods.put('training/w', worker('w', KILLED));
    const gone = jest.fn();
    index.subscribe(({ before, after }) => after ?? gone(before?.reason));
    jobs.removeJob(KEY);
    expect(gone).toHaveBeenCalledWith('OOMKilled');
  });

  it('shows all jobs of a Ray cluster whose pod changed and went', async () => {
    jobs.putJob('training/k', {
      ...RUNNING,
      metadata: { name: 'k', namespace: 'training', uid: 'v' },
    });
    jobs.pods.put('training/w', worker('w', KILLED));
    expect(
      jobs
        .runsOf({ kind: 'Pod', namespace: 'training', name: 'w' })
        .map(({ name }) => name),
    ).toEqual(['j', 'k']);
    const seen: string[] = [];
    index.subscribe(({ after }) =>
      seen.push(`${after?.name}: ${after?.reason}`),
    );
    jobs.pods.remove('training/w');
    await jest.advanceTimersByTimeAsync(250);
    expect(seen).toEqual([
      'j: OOMKilled',
      'k: OOMKilled',
      'j: undefined',
      'k: undefined',
    ]);
  });

  it('tells nothing of pods any more once others have its jobs', async () => {
    jobs.pods.put('training/w', worker('w', KILLED));
    jobs.handOver(jobs);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(index.get(REF)?.reason).toBeUndefined();
  });
});
