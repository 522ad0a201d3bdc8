import { jobName } from '@ml-platform/rayjob';
import { FakeGitHub } from '../__testUtils__/FakeGitHub';
import { testRepository } from '../__testUtils__/testRepository';
import { jobBranch } from './jobBranch';

const START = Date.parse('2026-01-02T03:04:05Z');
const path = (name: string) => `gitops/clusters/c/jobs/training/${name}.yaml`;

/** The run of a task under the names of the next seconds. */
function* runs(task: string) {
  for (let second = 0; second < 10; second += 1) {
    const name = jobName('hello', new Date(START + second * 1000));
    yield {
      ref: { cluster: 'c', namespace: 'training', name },
      content: `name: ${name}\ntask: ${task}\n`,
    };
  }
}

describe('reserving the name of a run', () => {
  let github: FakeGitHub;

  beforeEach(async () => {
    github = await FakeGitHub.start();
  });

  afterEach(() => github.stop());

  const reserve = async (task: string) =>
    (await testRepository(github).reserveRun(runs(task))).ref.name;

  it('gives each of many in the same second a name of its own', async () => {
    const tasks = ['a', 'b', 'c', 'd', 'e'];
    const names = await Promise.all(tasks.map(reserve));
    expect(new Set(names).size).toBe(tasks.length);
    for (const [i, name] of names.entries()) {
      const branch = jobBranch('run', {
        cluster: 'c',
        namespace: 'training',
        name,
      });
      expect(github.repository.files(branch)?.get(path(name))).toBe(
        `name: ${name}\ntask: ${tasks[i]}\n`,
      );
    }
  });

  it('gives one who comes again the same name', async () => {
    const name = await reserve('a');
    await reserve('b');
    await expect(reserve('a')).resolves.toBe(name);
  });

  it.each(['before', 'after'] as const)(
    'takes one name though it is killed %s any of its calls',
    async when => {
      await reserve('a');
      const calls = github.requests.length;
      for (let request = 1; request <= calls; request++) {
        await github.stop();
        github = await FakeGitHub.start();
        github.failAt({ request, done: when === 'after' });
        await expect(reserve('a')).rejects.toThrow();
        github.failAt(undefined);
        await expect(reserve('a')).resolves.toBe('hello-20260102-030405');
        expect(github.repository.refs.size).toBe(2);
      }
    },
  );

  it.each([
    [
      'the base has',
      () =>
        github.repository.change('main', {
          [path('hello-20260102-030405')]: 'kind: RayJob\n',
        }),
    ],
    [
      'an open pull request of any branch adds',
      () => {
        github.repository.change('by-hand', {
          [path('hello-20260102-030405')]: 'kind: RayJob\n',
        });
        github.repository.open('by-hand');
      },
    ],
    [
      'an earlier pull request asked for',
      () =>
        github.repository.open('ray-job/run/c/training/hello-20260102-030405', {
          state: 'closed',
        }),
    ],
  ])('moves on from a name that %s', async (_, take) => {
    take();
    await expect(reserve('a')).resolves.toBe('hello-20260102-030406');
  });

  it('gives up after the names that it was given', async () => {
    await Promise.all([...Array(10).keys()].map(i => reserve(`task-${i}`)));
    await expect(reserve('late')).rejects.toThrow(
      'all names up to hello-20260102-030414 are taken',
    );
  });
});
