import { mockServices } from '@backstage/backend-test-utils';
import { Octokit } from 'octokit';
import { FakeGitHub } from './__testUtils__/FakeGitHub';
import { openPullRequestOnce } from './openPullRequestOnce';

const PATH = 'gitops/clusters/c/jobs/training/hello.yaml';

describe('openPullRequestOnce', () => {
  let github: FakeGitHub;

  beforeEach(async () => {
    github = await FakeGitHub.start();
  });

  afterEach(() => github.stop());

  const open = (overrides: { content?: string; path?: string } = {}) =>
    openPullRequestOnce({
      octokit: new Octokit({
        baseUrl: github.url,
        retry: { enabled: false },
        throttle: { enabled: false },
      }),
      owner: 'ml-platform',
      repo: 'ml-platform',
      base: 'main',
      branch: 'ray-job/task-1',
      files: [
        {
          path: overrides.path ?? PATH,
          content: overrides.content ?? 'kind: RayJob\n',
        },
      ],
      title: 'Run hello',
      body: 'Merge me',
      logger: mockServices.logger.mock(),
    });

  it('adds the file in one commit on top of the base and opens the request', async () => {
    await expect(open()).resolves.toEqual({
      url: `${github.url}/ml-platform/ml-platform/pull/1`,
      number: 1,
      state: 'open',
      created: true,
    });
    expect(github.repository.files('ray-job/task-1')).toEqual(
      new Map([
        ['README.md', '# Platform\n'],
        [PATH, 'kind: RayJob\n'],
      ]),
    );
    expect(github.repository.pulls).toEqual([
      expect.objectContaining({
        head: 'ray-job/task-1',
        base: 'main',
        title: 'Run hello',
        body: 'Merge me',
      }),
    ]);
  });

  it('finds its request again', async () => {
    const first = await open();
    await expect(open()).resolves.toEqual({ ...first, created: false });
    expect(github.repository.pulls).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)(
    'opens one request though it is killed %s any of its calls',
    async when => {
      await open();
      const calls = github.requests.length;
      expect(calls).toBeGreaterThan(6);
      for (let request = 1; request <= calls; request++) {
        await github.stop();
        github = await FakeGitHub.start();
        github.failAt({ request, done: when === 'after' });
        await expect(open()).rejects.toThrow();
        github.failAt(undefined);
        await expect(open()).resolves.toMatchObject({
          number: 1,
          state: 'open',
          created: !(when === 'after' && request === calls),
        });
        expect(github.repository.pulls).toHaveLength(1);
        expect(github.repository.files('ray-job/task-1')?.get(PATH)).toBe(
          'kind: RayJob\n',
        );
      }
    },
  );

  it('opens one request though it is killed at one call after another', async () => {
    for (let request = 1; request < 20; request++) {
      github.failAt({ request, done: request % 2 === 0 });
      await open().catch(() => undefined);
    }
    expect(github.repository.pulls).toHaveLength(1);
  });

  it('opens one request though several runs are at it at once', async () => {
    const results = await Promise.all([open(), open(), open(), open()]);
    expect(new Set(results.map(({ number }) => number))).toEqual(new Set([1]));
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    expect(github.repository.pulls).toHaveLength(1);
  });

  it.each([
    ['merged', '2026-01-01T00:00:00Z'],
    ['closed', null],
  ])(
    'opens no second request when the first was %s',
    async (state, mergedAt) => {
      await open();
      const [pull] = github.repository.pulls;
      pull.state = 'closed';
      pull.mergedAt = mergedAt;
      github.repository.refs.delete('heads/ray-job/task-1');
      await expect(open()).resolves.toMatchObject({ number: 1, state });
      expect(github.repository.pulls).toHaveLength(1);
    },
  );

  it('never overwrites a file of the base', async () => {
    await expect(open({ path: 'README.md' })).rejects.toThrow(
      'README.md exists on main already and is never overwritten',
    );
    expect(github.repository.refs.has('heads/ray-job/task-1')).toBe(false);
  });

  it('refuses a branch that holds something else', async () => {
    // The ninth call opens the request; the branch is there by then.
    github.failAt({ request: 9, done: false });
    await expect(open()).rejects.toThrow();
    github.failAt(undefined);
    expect(github.repository.refs.has('heads/ray-job/task-1')).toBe(true);
    await expect(open({ content: 'kind: Other\n' })).rejects.toThrow(
      'Branch ray-job/task-1 exists with another',
    );
    expect(github.repository.pulls).toHaveLength(0);
  });
});
