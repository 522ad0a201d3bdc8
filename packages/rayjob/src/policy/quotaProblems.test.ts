import type { JobState, JobSummary } from '../summary/types';
import { rayJobRequest } from '../__testUtils__/rayJobRequest';
import { renderRayJob } from '../render/renderRayJob';
import { jobSummary } from '../summary/jobSummary';
import { readJobPolicy } from './jobPolicy';
import { quotaProblems } from './quotaProblems';

const JOB = renderRayJob(rayJobRequest());
const GIB = 2 ** 30;

function other(
  name: string,
  more: Partial<JobSummary> = {},
  resources: Partial<JobSummary['resources']> = {},
): JobSummary {
  const row = jobSummary('c', JOB);
  return {
    ...row,
    name,
    state: 'running',
    ...more,
    resources: {
      ...{ cpu: 10_000, memory: 8 * GIB, gpu: 0, accelerators: {} },
      ...resources,
    },
  };
}

const problems = (quota: object, jobs: readonly JobSummary[]) =>
  quotaProblems('c', JOB, readJobPolicy({ quotas: { training: quota } }), jobs);

describe('quotaProblems', () => {
  const { cpu } = jobSummary('c', JOB).resources;

  it('lets jobs fill a namespace up', () => {
    expect(problems({ jobs: 2 }, [other('a')])).toEqual([]);
    expect(problems({ cpu: 10 + cpu / 1_000 }, [other('a')])).toEqual([]);
    expect(problems({}, [other('a')])).toEqual([]);
  });

  it('says what there is, and of what the most is reached', () => {
    const jobs = [other('a'), other('b', { state: 'awaiting-merge' })];
    expect(problems({ jobs: 2 }, jobs)).toEqual([
      "In training on c, there are 2 jobs that haven't ended (1 running, 1 awaiting merge), and 2 is the most; wait until one has ended, or stop one",
    ]);
    expect(problems({ cpu: 20, memory: '16Gi' }, jobs)).toEqual([
      `In training on c, 2 jobs that haven't ended (1 running, 1 awaiting merge) ask for 20 CPU, this one asks for ${cpu / 1_000} CPU, and 20 CPU is the most in all; wait until one has ended, or stop one`,
      expect.stringContaining('ask for 16 GiB'),
    ]);
  });

  it.each<[string, Partial<JobSummary>]>([
    ['succeeded', { state: 'succeeded' }],
    ['failed', { state: 'failed' }],
    ['was stopped', { state: 'stopped' }],
    ['is in another namespace', { namespace: 'research' }],
    ['is on another cluster', { cluster: 'd' }],
    ['is asked for once more', { name: JOB.metadata.name }],
  ])("doesn't count a job that %s", (_, more) => {
    expect(problems({ jobs: 1 }, [other('a', more)])).toEqual([]);
  });

  it.each<JobState>([
    'awaiting-merge',
    'awaiting-sync',
    'queued',
    'pending',
    'running',
    'unknown',
  ])('counts a job that is %s', state => {
    expect(problems({ jobs: 1 }, [other('a', { state })])).toHaveLength(1);
  });

  it('counts accelerators by their names, of jobs that ask for any', () => {
    const held = { accelerators: { 'nvidia.com/gpu': 8 } };
    const quota = { accelerators: { 'nvidia.com/gpu': 8 } };
    // The job itself asks for none.
    expect(problems(quota, [other('a', {}, held)])).toEqual([]);
    const head = JOB.spec?.rayClusterSpec?.headGroupSpec;
    const withGpu = {
      ...JOB,
      spec: {
        rayClusterSpec: {
          headGroupSpec: {
            ...head,
            template: {
              spec: {
                containers: [
                  {
                    name: 'head',
                    resources: { limits: { 'nvidia.com/gpu': '1' } },
                  },
                ],
              },
            },
          },
        },
      },
    };
    expect(
      quotaProblems(
        'c',
        withGpu,
        readJobPolicy({ quotas: { training: quota } }),
        [other('a', {}, held)],
      ),
    ).toEqual([
      expect.stringContaining(
        'asks for 8 nvidia.com/gpu, this one asks for 1 nvidia.com/gpu, and 8 nvidia.com/gpu is the most in all',
      ),
    ]);
  });

  it('holds a namespace without a quota to none', () => {
    const policy = readJobPolicy({ quotas: { research: { jobs: 0 } } });
    expect(quotaProblems('c', JOB, policy, [other('a')])).toEqual([]);
  });

  it.each([
    [{ training: { workers: 1 } }, 'ray.policy.quotas.training.workers is not'],
    [{ training: { jobs: -1 } }, 'ray.policy.quotas.training.jobs has to be'],
  ])('refuses %j', (quotas, message) => {
    expect(() => readJobPolicy({ quotas })).toThrow(message);
  });
});
