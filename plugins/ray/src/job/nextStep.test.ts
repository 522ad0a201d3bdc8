import type { JobState } from '@ml-platform/backstage-plugin-ray-common';
import { aDetail, aJob } from '../__testUtils__/jobs';
import { nextStep } from './nextStep';

const gitops = { path: 'x.yaml', pullRequestUrl: 'http://git/pull/1' };

function step(state: JobState, reason?: string, message?: string) {
  return nextStep(aDetail(aJob({ state, reason, message, gitops })), '/logs');
}

describe('nextStep', () => {
  it('sends to the pull request while it waits to be merged', () => {
    expect(step('awaiting-merge')?.link?.to).toBe('http://git/pull/1');
  });

  it('sends to the log of a run that failed, with what happened', () => {
    expect(step('failed', 'AppFailed', 'exit code 1')).toMatchObject({
      severity: 'error',
      title: 'This run failed (AppFailed)',
      text: expect.stringContaining('exit code 1'),
      link: { to: '/logs' },
    });
  });

  it.each([
    ['ImagePullBackOff', 'version'],
    ['Unschedulable', 'Ask for less'],
    ['OOMKilled', 'ask for more'],
  ])('says what to do about %s', (reason, advice) => {
    expect(step('pending', reason)).toMatchObject({
      severity: 'warning',
      text: expect.stringContaining(advice),
    });
  });

  it('tells where a job stands in its queue, and what it waits for', () => {
    const queue = { name: 'training-queue', clusterQueue: 'gpu', position: 3 };
    const message = 'Position 3 in training-queue (cluster queue gpu)';
    const job = aJob({ state: 'queued', reason: 'Queued', message, queue });
    expect(nextStep(aDetail(job), '/logs')).toEqual({
      severity: 'info',
      title: 'Position 3 in the queue',
      text: message,
    });
    expect(step('queued', 'Queued', 'Waits')?.title).toBe('Waits in its queue');
  });

  it.each<[JobState, string]>([
    ['queued', 'QueueNotFound'],
    ['queued', 'KueueNotInstalled'],
    ['queued', 'ExceedsMaxQuota'],
    ['suspended', 'Deactivated'],
  ])('warns of a job that is %s in vain: %s', (state, reason) => {
    expect(step(state, reason, 'what to do')).toMatchObject({
      severity: 'warning',
      title: reason,
      text: 'what to do',
    });
  });

  it.each<JobState>(['running', 'pending', 'succeeded'])(
    'leaves alone a job that is simply %s',
    state => {
      expect(step(state)).toBeUndefined();
    },
  );
});
