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

  it.each<JobState>(['running', 'pending', 'succeeded'])(
    'leaves alone a job that is simply %s',
    state => {
      expect(step(state)).toBeUndefined();
    },
  );
});
