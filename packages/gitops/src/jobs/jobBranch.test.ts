import { jobBranch, verbOfBranch } from './jobBranch';

const REF = { cluster: 'workload', namespace: 'training', name: 'hello-1' };

describe('branches of jobs', () => {
  it('name the verb and the whole place of the job', () => {
    expect(jobBranch('run', REF)).toBe('ray-job/run/workload/training/hello-1');
    expect(jobBranch('stop', REF, 2)).toBe(
      'ray-job/stop/workload/training/hello-1.2',
    );
  });

  it('are different for every job, verb and round', () => {
    const names = [
      jobBranch('stop', REF),
      jobBranch('stop', REF, 2),
      jobBranch('delete', REF),
      jobBranch('stop', { ...REF, cluster: 'other' }),
      jobBranch('stop', { ...REF, namespace: 'other' }),
      jobBranch('stop', { ...REF, name: 'hello-1.2' }),
      jobBranch('stop', { ...REF, name: 'hello-1=2e2' }),
      jobBranch('stop', { ...REF, cluster: 'x'.repeat(200) }),
      jobBranch('stop', { ...REF, cluster: `${'x'.repeat(199)}y` }),
      jobBranch('stop', { ...REF, cluster: '' }),
    ];
    expect(new Set(names).size).toBe(names.length);
  });

  // The rules of `git check-ref-format`, and GitHub's limit of length.
  it.each([
    'arn:aws:eks:eu-west-1:1:cluster/one',
    '../../main',
    'a.lock',
    '.hidden',
    '-dash',
    'sp ace~^:?*[\\@{}',
    'ünï💥',
    'x'.repeat(300),
    '',
  ])('are good names for git with the cluster %j', cluster => {
    const branch = jobBranch('delete', { ...REF, cluster }, 12);
    expect(branch).toMatch(/^ray-job\/delete\/[\w=-]+\/[\w=-]+\/[\w=.-]+$/);
    expect(branch.length).toBeLessThan(240);
    expect(branch.split('/')).toHaveLength(5);
  });

  it('say what their pull request asks for', () => {
    expect(verbOfBranch(jobBranch('delete', REF, 3))).toBe('delete');
    expect(verbOfBranch('ray-job/hello')).toBeUndefined();
    expect(verbOfBranch('main')).toBeUndefined();
  });
});
