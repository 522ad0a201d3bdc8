import { FakeGitHub } from '../__testUtils__/FakeGitHub';
import { testRepository } from '../__testUtils__/testRepository';
import { jobBranch } from './jobBranch';

const BEFORE = new Date('2026-01-02T00:00:00Z');

describe('sweepRuns', () => {
  let github: FakeGitHub;

  beforeEach(async () => {
    github = await FakeGitHub.start();
  });

  afterEach(() => github.stop());

  /** A branch as a task pushes it. */
  function push(branch: string, date = '2026-01-01T00:00:00Z') {
    github.repository.now = date;
    github.repository.change(branch, { [`${branch}.yaml`]: 'kind: RayJob\n' });
  }

  const run = (name: string) =>
    jobBranch('run', { cluster: 'c', namespace: 'training', name });
  const branches = () =>
    [...github.repository.refs.keys()].map(name => name.replace('heads/', ''));

  it('deletes old branches of runs that have no pull request, and says so', async () => {
    push(run('left'));
    push(run('young'), '2026-01-03T00:00:00Z');
    for (const name of ['open', 'closed', 'merged']) {
      push(run(name));
      github.repository.open(run(name));
    }
    github.repository.pulls[1].state = 'closed';
    github.repository.merge(github.repository.pulls[2]);
    push('ray-job/stop/c/training/left');
    push('ray-workload/left');
    const said: string[] = [];
    await testRepository(github).sweepRuns(BEFORE, {
      onProgress: message => said.push(message),
    });
    expect(branches().sort()).toEqual([
      'main',
      run('closed'),
      run('merged'),
      run('open'),
      run('young'),
      'ray-job/stop/c/training/left',
      'ray-workload/left',
    ]);
    expect(said).toEqual([
      `Deleted branch ${run('left')}, which has no pull request`,
    ]);
  });

  it('asks of each branch that no list of pull requests has', async () => {
    push(run('merged'));
    github.repository.merge(github.repository.open(run('merged')));
    push(run('left'));
    const isList = (line: string) => line.endsWith('/pulls');
    github.onRequest = () => {
      const lists = github.requests.filter(isList).length;
      // As if a thousand others had changed since.
      github.refusal =
        lists <= 2 && isList(github.requests.at(-1) ?? '')
          ? { status: 200, body: [] }
          : undefined;
    };
    await testRepository(github).sweepRuns(BEFORE);
    expect(branches()).toEqual(['main', run('merged')]);
  });

  it('looks at a hundred, those of the latest runs', async () => {
    const names = [...Array(130).keys()].map(i =>
      run(`hello-20260101-${100_000 + i}`),
    );
    names.forEach(branch => push(branch));
    await testRepository(github).sweepRuns(BEFORE);
    expect(branches()).toEqual(['main', ...names.slice(0, 30)]);
  });

  it('does nothing where there are no such branches', async () => {
    await testRepository(github).sweepRuns(BEFORE);
    expect(branches()).toEqual(['main']);
  });
});
