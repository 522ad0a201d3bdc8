import type { JobState } from '@ml-platform/rayjob';
import { aDetail, aJob } from '../__testUtils__/jobs';
import { nextStep } from './nextStep';

const gitops = { path: 'x.yaml', pullRequestUrl: 'http://git/pull/1' };

function step(state: JobState, reason?: string, message?: string) {
  return nextStep(aDetail(aJob({ state, reason, message, gitops })), '/logs');
}

describe('nextStep', () => {
  it('links the pull request until it is merged', () => {
    expect(step('awaiting-merge')?.link?.to).toBe('http://git/pull/1');
  });

  it('links the log of a failed run and says what happened', () => {
    expect(step('failed', 'AppFailed', 'exit code 1')).toMatchObject({
      severity: 'error',
      title: 'This run failed (AppFailed)',
      text: expect.stringContaining('exit code 1'),
      link: { to: '/logs' },
    });
  });

  it.each([
    ['ImagePullBackOff', 'version'],
    ['Unschedulable', 'Request less'],
    ['OOMKilled', 'Request more'],
  ])('says what to do about %s', (reason, advice) => {
    expect(step('pending', reason)).toMatchObject({
      severity: 'warning',
      text: expect.stringContaining(advice),
    });
  });

  it('says what a queued job waits for', () => {
    const message = 'Position 3 in training-queue (cluster queue gpu)';
    expect(step('queued', 'Queued', message)).toEqual({
      severity: 'info',
      title: 'Waiting in its queue',
      text: message,
    });
    expect(step('queued', 'Preempted', message)?.title).toBe('Preempted');
  });

  it.each<[JobState, string]>([
    ['queued', 'QueueNotFound'],
    ['queued', 'KueueNotInstalled'],
    ['queued', 'ExceedsMaxQuota'],
    ['suspended', 'Deactivated'],
  ])('warns about a job that is %s and needs action: %s', (state, reason) => {
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
