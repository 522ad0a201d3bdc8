import { aJob } from '../__testUtils__/jobs';
import { JOB_ACTIONS } from './actionRules';

const gitops = { path: 'jobs/run-a.yaml' };

function question(change: Parameters<typeof aJob>[0], live: boolean) {
  const action = JOB_ACTIONS.find(({ id }) => id === 'delete');
  return action?.question(aJob({ name: 'run-a', ...change }), live);
}

describe('what Delete says it deletes', () => {
  it('says what stays of a job that is on its cluster', () => {
    expect(question({}, true)).toBe(
      'run-a is deleted on workload-cluster immediately, with its pods and the logs of their containers. The portal keeps its record, and its log where logs are archived.',
    );
  });

  it('says that a job from git takes a pull request', () => {
    expect(question({ gitops }, true)).toMatch(
      /opens a pull request.*deleted when the pull request is merged, with its pods.*keeps its record/,
    );
  });

  it.each([[{}], [{ gitops }]])(
    'says that nothing stays of a job that is gone, %j',
    change => {
      expect(question({ state: 'succeeded', ...change }, false)).toBe(
        'run-a is no longer on workload-cluster. This deletes what the portal keeps of it and of earlier runs with its name: their records, and their logs where logs are archived. Nobody can restore them.',
      );
    },
  );
});
