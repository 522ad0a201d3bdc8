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

  it('opens no second one while one is open, and not the same again', async () => {
    const repository = await start('a', 'b');
    const first = await cleanUp(repository, [ended('a')]);
    await expect(
      cleanUp(repository, [ended('a'), ended('b')]),
    ).resolves.toMatchObject({ number: 1, created: false });
    github.repository.pulls[0].state = 'closed';
    await expect(cleanUp(repository, [ended('a')])).resolves.toMatchObject({
      number: 1,
      branch: first?.branch,
      state: 'closed',
      created: false,
    });
    await expect(cleanUp(repository, [ended('b')])).resolves.toMatchObject({
      number: 2,
      created: true,
    });
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
