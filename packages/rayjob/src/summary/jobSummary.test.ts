import {
  jobConditions,
  jobEntrypoint,
  jobPod,
  logSources,
  submitterLogSources,
} from './jobDetail';
import { compactPod } from '../state/compactPod';
import { jobSummary } from './jobSummary';
import { moments } from '../__testUtils__/moments';

function last(scenario: string) {
  const moment = moments(scenario).pop();
  if (!moment) {
    throw new Error(`${scenario} is empty`);
  }
  return moment;
}

describe('jobSummary', () => {
  it('makes a row of a finished job', () => {
    const { job, pods } = last('success');
    expect(jobSummary('workload-cluster', job, pods)).toEqual({
      cluster: 'workload-cluster',
      namespace: 'rec-success',
      name: 'success',
      uid: '90d7c465-fabc-40dc-8361-0a288ba5544b',
      workload: 'recorded',
      version: undefined,
      image: 'localhost:5000/ray:2.55.1',
      owner: undefined,
      state: 'succeeded',
      reason: undefined,
      message: 'Job finished successfully.',
      createdAt: '2026-11-23T21:06:21Z',
      startedAt: '2026-11-23T21:06:47Z',
      endedAt: '2026-11-23T21:06:59Z',
      attempt: 1,
      entrypoint: 'python3 /code/lines.py 10 0.3',
      resources: { cpu: 400, memory: 2 * 1024 ** 3, gpu: 0, accelerators: {} },
      workers: { desired: 1, ready: 0 },
      queue: undefined,
      gitops: undefined,
    });
  });

  it('counts attempts as KubeRay retries', () => {
    const attempts = moments('retry').map(
      ({ job }) => jobSummary('c', job).attempt,
    );
    expect([...new Set(attempts)]).toEqual([1, 2]);
  });

  it('says who manages a job in the place of KubeRay', () => {
    const { job } = last('success');
    const managedBy = (manager: string) =>
      jobSummary('c', { ...job, spec: { ...job.spec, managedBy: manager } })
        .manager;
    expect(managedBy('kueue.x-k8s.io/multikueue')).toBe('MultiKueue');
    expect(managedBy('ray.io/kuberay-operator')).toBeUndefined();
  });

  it.each([
    ['x'.repeat(200), 'x'.repeat(200)],
    ['x'.repeat(201), `${'x'.repeat(200)}…`],
  ])('marks an entrypoint that is cut: %s', (entrypoint, shown) => {
    const { job } = last('success');
    const long = { ...job, spec: { ...job.spec, entrypoint } };
    expect(jobSummary('c', long).entrypoint).toBe(shown);
  });

  it('tells no start of an entrypoint that never ran', () => {
    const { job } = last('deadline');
    const never = {
      ...job,
      status: { ...job.status, jobStatus: '', rayJobInfo: {} },
    };
    expect(jobSummary('c', job).startedAt).toBeDefined();
    expect(jobSummary('c', never)).toMatchObject({
      state: 'failed',
      startedAt: undefined,
    });
  });

  it.each(['failure', 'exception', 'retry'])(
    'stays small whatever %s logged',
    scenario => {
      const { job, pods } = last(scenario);
      const row = JSON.stringify(jobSummary('workload-cluster', job, pods));
      expect(row.length).toBeLessThan(1_500);
    },
  );
});

describe('the detail of a job', () => {
  it('shows pods with their role and state', () => {
    const running = moments('success').filter(
      ({ job }) => job.status?.jobStatus === 'RUNNING',
    );
    const { job, pods: found = [] } = running.pop() ?? {};
    const pods = found.map(jobPod);
    expect(
      pods.map(({ role, group, containers }) => [
        role,
        group,
        containers.map(({ name, state }) => `${name} ${state}`),
      ]),
    ).toEqual([
      ['head', undefined, ['ray-head running']],
      ['worker', 'workers', ['ray-worker running']],
      ['submitter', undefined, ['ray-job-submitter running']],
    ]);
    expect(found.map(compactPod).map(jobPod)).toEqual(pods);
    for (const { createdAt, scheduledAt = '', startedAt = '' } of pods) {
      expect(Date.parse(scheduledAt)).toBeGreaterThanOrEqual(
        Date.parse(createdAt),
      );
      expect(Date.parse(startedAt)).toBeGreaterThanOrEqual(
        Date.parse(scheduledAt),
      );
    }
    expect(logSources([], [1, 2]).map(({ id }) => id)).toEqual([
      'driver',
      'driver/1',
      'driver/2',
    ]);
    const submitters = job && submitterLogSources(job, found);
    expect(logSources(pods, [], submitters).map(({ kind }) => kind)).toEqual([
      'driver',
      'merged',
      'container',
      'container',
    ]);
  });

  it('says which containers were restarted, and so have an earlier log', () => {
    const pods = (moments('success').at(-1)?.pods ?? []).map(jobPod);
    const [first, ...others] = pods;
    const containers = first.containers.map(container => ({
      ...container,
      restartCount: 2,
    }));
    const sources = logSources([{ ...first, containers }, ...others]);
    expect(
      sources.filter(({ restartCount }) => restartCount !== undefined),
    ).toEqual([
      expect.objectContaining({
        id: `pod/${first.name}/${containers[0].name}`,
        restartCount: 2,
      }),
    ]);
  });

  it('has the whole entrypoint, which a row has not', () => {
    const { job } = last('success');
    const entrypoint = `python train.py ${'--flag '.repeat(100)}--last`;
    const long = { ...job, spec: { ...job.spec, entrypoint } };
    expect(jobEntrypoint(long)).toBe(entrypoint);
    expect(jobSummary('c', long, []).entrypoint).toHaveLength(201);
    expect(jobEntrypoint({ metadata: { name: 'x' } })).toBeUndefined();
  });

  it("gives the Ray cluster's conditions", () => {
    expect(
      jobConditions(last('success').job).map(({ type, status }) => [
        type,
        status,
      ]),
    ).toEqual([
      ['HeadPodReady', 'True'],
      ['RayClusterProvisioned', 'True'],
      ['RayClusterSuspended', 'False'],
      ['RayClusterSuspending', 'False'],
    ]);
  });
});
