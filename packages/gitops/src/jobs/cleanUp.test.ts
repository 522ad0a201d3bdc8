import { FakeGitHub } from '../__testUtils__/FakeGitHub';
import { testRepository } from '../__testUtils__/testRepository';
import { cleanUp, type EndedJob } from './cleanUp';

const FOLDER = 'gitops/clusters/c/jobs/training';
const path = (name: string) => `${FOLDER}/${name}.yaml`;
const manifest = (name: string) =>
  `apiVersion: ray.io/v1\nkind: RayJob\nmetadata:\n  name: ${name}\n  namespace: training\n`;
const ended = (name: string, day = '01'): EndedJob => ({
  ref: { cluster: 'c', namespace: 'training', name },
  state: 'succeeded',
  endedAt: `2026-01-${day}T00:00:00Z`,
});

describe('cleanUp', () => {
  let github: FakeGitHub;

  const start = async (...names: string[]) => {
    github = await FakeGitHub.start({
      [`${FOLDER}/README.md`]: 'Keep me\n',
      ...Object.fromEntries(names.map(name => [path(name), manifest(name)])),
    });
    return testRepository(github);
  };
  const files = (branch: string) => [
    ...(github.repository.files(branch)?.keys() ?? []),
  ];

  afterEach(() => github.stop());

  it('removes the manifests of all jobs that ended in one pull request', async () => {
    const repository = await start('a', 'b', 'runs');
    const pull = await cleanUp(repository, [
      ended('b', '02'),
      ended('a'),
      ended('gone'),
    ]);
    expect(pull).toMatchObject({ number: 1, created: true });
    expect(files(pull?.branch ?? '')).toEqual([
      `${FOLDER}/README.md`,
      path('runs'),
    ]);
    const [{ title, body }] = github.repository.pulls;
    expect(title).toBe('Remove the manifests of 2 training jobs that ended');
    expect(body).toContain(
      '| `a` | `c / training` | succeeded on 2026-01-01 |',
    );
  });

  it('opens no second one while one is open', async () => {
    const repository = await start('a', 'b');
    await cleanUp(repository, [ended('a')]);
    await expect(
      cleanUp(repository, [ended('a'), ended('b')]),
    ).resolves.toMatchObject({ number: 1, created: false });
  });

  describe('after people closed one', () => {
    /** Closes the only one that is open, and deletes its branch as people do. */
    async function close(branch = '') {
      const repository = testRepository(github);
      await repository.withdraw(branch);
      return repository;
    }

    it('leaves its files alone, whatever ended since', async () => {
      const first = await cleanUp(await start('a', 'b'), [ended('a')]);
      const repository = await close(first?.branch);
      await expect(cleanUp(repository, [ended('a')])).resolves.toBeUndefined();
      const second = await cleanUp(repository, [ended('a'), ended('b')]);
      expect(second).toMatchObject({ number: 2, created: true });
      expect(files(second?.branch ?? '')).toEqual([
        `${FOLDER}/README.md`,
        path('a'),
      ]);
    });

    it('goes on to what ended later when it was full', async () => {
      const jobs = [ended('a', '01'), ended('b', '02'), ended('c', '03')];
      const repository = await start('a', 'b', 'c');
      const first = await cleanUp(repository, jobs, { most: 2 });
      await close(first?.branch);
      const second = await cleanUp(repository, jobs, { most: 2 });
      expect(second).toMatchObject({ number: 2, created: true });
      expect(files(second?.branch ?? '')).toEqual([
        `${FOLDER}/README.md`,
        path('a'),
        path('b'),
      ]);
    });
  });

  it('goes on after one was merged', async () => {
    const repository = await start('a', 'b');
    await cleanUp(repository, [ended('a')]);
    github.repository.merge(github.repository.pulls[0]);
    await expect(
      cleanUp(repository, [ended('a'), ended('b')]),
    ).resolves.toMatchObject({ number: 2, created: true });
  });

  it('leaves a file alone that holds anything else, and says so', async () => {
    const repository = await start('a');
    github.repository.change('main', {
      [path('b')]: `${manifest('b')}---\n${manifest('c')}`,
    });
    const said: string[] = [];
    const pull = await cleanUp(repository, [ended('a'), ended('b')], {
      onProgress: message => said.push(message),
    });
    expect(files(pull?.branch ?? '')).toContain(path('b'));
    expect(said[0]).toMatch(/b\.yaml doesn't hold the RayJob training\/b/);
  });

  it('does nothing where git holds none of the jobs', async () => {
    const repository = await start('runs');
    await expect(cleanUp(repository, [ended('a')])).resolves.toBeUndefined();
    expect(github.repository.pulls).toHaveLength(0);
  });

  it('takes a part of many, those that ended first', async () => {
    const repository = await start('a', 'b', 'c');
    const pull = await cleanUp(
      repository,
      [ended('a', '03'), ended('b', '01'), ended('c', '02')],
      { most: 2 },
    );
    expect(files(pull?.branch ?? '')).toEqual([
      `${FOLDER}/README.md`,
      path('a'),
    ]);
  });
});
