import type { JobPod } from '@ml-platform/rayjob';
import { logSourceOf } from './logSource';

const pod = (name: string, role: JobPod['role']): JobPod => ({
  name,
  role,
  phase: 'Running',
  createdAt: '',
  containers: [
    {
      name: `ray-${role}`,
      image: '',
      ready: true,
      restartCount: 0,
      state: 'running',
    },
  ],
});

const job = {
  summary: { name: 'job-1' },
  pods: [
    pod('job-1-head', 'head'),
    pod('job-1-worker-10', 'worker'),
    pod('job-1-worker-2', 'worker'),
  ],
} as unknown as Parameters<typeof logSourceOf>[0];

describe('logSourceOf', () => {
  it.each([
    [undefined, undefined, 'driver'],
    ['driver', 2, 'driver/2'],
    ['driver/3', undefined, 'driver/3'],
    ['all', undefined, 'all'],
    ['head', undefined, 'pod/job-1-head/ray-head'],
    ['worker', undefined, 'pod/job-1-worker-2/ray-worker'],
    ['worker/2', undefined, 'pod/job-1-worker-10/ray-worker'],
    ['pod/a/b', undefined, 'pod/a/b'],
  ])('knows %s of attempt %s as %s', (words, attempt, source) => {
    expect(logSourceOf(job, words, attempt)).toBe(source);
  });

  it.each([
    ['worker/3', undefined, 'job-1 has 2 workers at the moment'],
    ['workers', undefined, "There is no log 'workers'"],
    ['all', 1, 'Only the log of the driver is kept'],
  ])(
    'says what there is instead of %s of attempt %s',
    (words, attempt, why) => {
      expect(() => logSourceOf(job, words, attempt)).toThrow(why);
    },
  );
});
