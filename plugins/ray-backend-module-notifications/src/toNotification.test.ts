import type { RayJobNotice } from '@ml-platform/backstage-plugin-ray-node';
import { jobSummary, type JobSummary } from '@ml-platform/rayjob';
import { toNotification } from './toNotification';

const MINUTE = 60_000;

const job: JobSummary = {
  ...jobSummary('c', { metadata: { name: 'train', namespace: 'n' } }),
  workload: 'hello-ray',
  owner: 'user:default/ada',
  createdAt: '2026-11-29T10:00:00Z',
};
const over = {
  startedAt: '2026-11-29T10:00:00Z',
  endedAt: '2026-11-29T10:42:10Z',
};

const CASES: readonly [RayJobNotice, object][] = [
  [
    { kind: 'ended', job: { ...job, ...over, state: 'succeeded' } },
    {
      topic: 'job-ended',
      severity: 'normal',
      title: 'train succeeded',
      description: 'The job ended after 42 minutes.',
    },
  ],
  [
    {
      kind: 'ended',
      job: { ...job, state: 'stopped', message: 'Stopped by ada' },
    },
    {
      topic: 'job-ended',
      severity: 'low',
      title: 'train was stopped',
      description: 'Stopped by ada',
    },
  ],
  [
    {
      kind: 'failed',
      job: { ...job, state: 'failed', message: 'Out of\nmemory' },
    },
    {
      topic: 'job-failed',
      severity: 'high',
      title: 'train failed',
      description: 'Out of memory',
    },
  ],
  [
    {
      kind: 'waits',
      job: { ...job, message: 'No node has a free GPU' },
      waitedMs: 42 * MINUTE,
      usualMs: MINUTE,
    },
    {
      topic: 'job-waits-long',
      severity: 'normal',
      title: 'train waits longer than usual to start',
      description:
        'It has waited for 42 minutes; hello-ray usually starts after 60 seconds. No node has a free GPU',
    },
  ],
  [
    { kind: 'waits', job, waitedMs: 100 * MINUTE },
    {
      topic: 'job-waits-long',
      severity: 'normal',
      title: 'train waits long to start',
      description: expect.stringMatching(/^It has waited for 2 hours/),
    },
  ],
  [
    {
      kind: 'pull-request',
      job,
      verb: 'run',
      url: 'https://git.example.com/1',
      openMs: 72 * 60 * MINUTE,
    },
    {
      topic: 'pull-request-waits',
      severity: 'normal',
      title: 'train needs its pull request merged',
      description:
        'The pull request https://git.example.com/1 has been open for 3 days. The job starts once it is merged.',
    },
  ],
  [
    { kind: 'pull-request', job, verb: 'stop', openMs: 30 * MINUTE },
    {
      topic: 'pull-request-waits',
      severity: 'normal',
      title: 'train needs its pull request merged',
      description:
        'The pull request has been open for 30 minutes. The job runs on until it is merged.',
    },
  ],
];

describe('toNotification', () => {
  it.each(CASES)('says what there is to know (%#)', (notice, words) => {
    expect(toNotification(notice)).toEqual({
      recipients: { type: 'entity', entityRef: 'user:default/ada' },
      payload: {
        ...words,
        link: '/ray/jobs/c/n/train',
        scope: 'job:c/n/train',
      },
    });
  });

  it('fits into the table, however long names are', () => {
    const name = 'n'.repeat(253);
    const { payload } = toNotification({
      kind: 'waits',
      job: { ...job, name },
      waitedMs: 0,
    });
    expect(payload.title).toHaveLength(255);
    expect(payload.scope).toHaveLength(255);
  });

  it('keeps a long cause short', () => {
    const message = 'word '.repeat(200);
    const { payload } = toNotification({
      kind: 'failed',
      job: { ...job, state: 'failed', message },
    });
    expect(payload.description).toHaveLength(400);
  });
});
