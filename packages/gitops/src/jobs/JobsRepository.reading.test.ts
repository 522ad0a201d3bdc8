import { FakeGitHub } from '../__testUtils__/FakeGitHub';
import { testRepository } from '../__testUtils__/testRepository';

const path = (i: number) =>
  `gitops/clusters/c/jobs/team-${i % 10}/job-${i}.yaml`;

describe('reading the jobs repository', () => {
  let github: FakeGitHub;
  let now: number;

  beforeEach(async () => {
    now = Date.parse('2026-01-02T03:04:05Z');
    github = await FakeGitHub.start({
      'README.md': '# Platform\n',
      'docs/a/b/c.md': 'Not read\n',
      'gitops/clusters/c/jobs/README.md': 'Keep me\n',
      'gitops/clusters/c/jobs/team-0/notes.txt': 'No manifest\n',
      'gitops/clusters/c/namespaces/training.yaml': 'kind: Namespace\n',
      ...Object.fromEntries(
        [...Array(5_000).keys()].map(i => [path(i), `name: job-${i}\n`]),
      ),
    });
  });

  afterEach(() => github.stop());

  const repository = () =>
    testRepository(github, { clock: () => new Date(now) });

  it('asks for nothing but whether something changed while nothing did', async () => {
    const jobs = repository();
    const poll = async () => {
      await jobs.openPullRequests();
      return jobs.manifestsAt(await jobs.headCommit());
    };
    expect(await poll()).toHaveLength(5_000);
    github.failAt(undefined);
    expect(await poll()).toHaveLength(5_000);
    expect(github.requests).toEqual([
      'GET /repos/ml-platform/ml-platform/pulls',
      'GET /repos/ml-platform/ml-platform/git/ref/heads/main',
    ]);
  });

  it('reads only the way to the file that changed', async () => {
    const jobs = repository();
    const before = await jobs.manifestsAt(await jobs.headCommit());
    github.failAt(undefined);
    github.repository.change('main', { [path(4_321)]: 'name: changed\n' });
    const after = await jobs.manifestsAt(await jobs.headCommit());
    const shas = new Set(before.map(({ sha }) => sha));
    const changed = after.filter(({ sha }) => !shas.has(sha));
    expect(changed.map(file => file.path)).toEqual([path(4_321)]);
    expect(await jobs.text(changed[0].sha)).toBe('name: changed\n');
    expect(await jobs.text(changed[0].sha)).toBe('name: changed\n');
    // The ref, the six folders on the way, and the file.
    expect(github.requests).toHaveLength(8);
  });

  it('never asks for a listing that GitHub may cut short, and says so when it does', async () => {
    github.refusal = {
      status: 200,
      body: { sha: 'x', tree: [], truncated: true },
    };
    await expect(repository().manifestsAt('x')).rejects.toThrow(
      'lists only a part of a folder of ml-platform/ml-platform',
    );
  });

  it('finds nothing in a repository without the folder', async () => {
    github.repository.commit('main', new Map([['a', 'b']]));
    const jobs = repository();
    expect(await jobs.manifestsAt(await jobs.headCommit())).toEqual([]);
  });

  it('reads all pages of open pull requests, of its own branches only', async () => {
    for (let i = 0; i < 250; i += 1) {
      github.repository.open(`b-${i}`);
    }
    github.repository.open('b-0', { from: 'stranger/ml-platform' });
    const jobs = repository();
    expect(await jobs.openPullRequests()).toHaveLength(250);
    github.failAt(undefined);
    github.repository.pulls[3].state = 'closed';
    expect(await jobs.openPullRequests()).toHaveLength(249);
    expect(github.requests).toHaveLength(3);
  });

  it('says what a pull request adds and removes, over all pages', async () => {
    github.repository.change('many', {
      ...Object.fromEntries(
        [...Array(120).keys()].map(i => [path(i), undefined]),
      ),
      'new.yaml': 'a: b\n',
    });
    github.repository.open('many');
    const jobs = repository();
    const [pull] = await jobs.openPullRequests();
    const { added, removed } = await jobs.changesOf(pull);
    expect(added.map(file => file.path)).toEqual(['new.yaml']);
    expect(removed).toHaveLength(120);
  });

  it.each([
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1767323700' }],
    [429, { 'retry-after': '655' }],
    [403, { 'retry-after': '655' }],
  ])('waits as long as GitHub asks with %i %j', async (status, headers) => {
    const jobs = repository();
    github.refusal = { status, body: { message: 'Slow down' }, headers };
    const message =
      /^GitHub's rate limit is used up; requests start again at 2026-01-02T03:1[45]:00.000Z$/;
    await expect(jobs.headCommit()).rejects.toThrow(message);
    github.refusal = undefined;
    github.failAt(undefined);
    await expect(jobs.headCommit()).rejects.toThrow(message);
    expect(github.requests).toEqual([]);
    now += 656_000;
    await expect(jobs.headCommit()).resolves.toMatch(/^[0-9a-f]{40}$/);
  });

  it('waits a minute when GitHub does not say how long', async () => {
    const jobs = repository();
    github.refusal = {
      status: 403,
      body: { message: 'You have exceeded a secondary rate limit' },
    };
    await expect(jobs.headCommit()).rejects.toThrow();
    github.refusal = undefined;
    await expect(jobs.headCommit()).rejects.toThrow('03:05:05');
  });

  it("doesn't take a lack of rights for the rate limit", async () => {
    const jobs = repository();
    github.refusal = { status: 403, body: { message: 'Forbidden' } };
    await expect(jobs.headCommit()).rejects.toThrow('Forbidden');
    github.refusal = undefined;
    await expect(jobs.headCommit()).resolves.toMatch(/^[0-9a-f]{40}$/);
  });

  it.each([
    [
      401,
      "GitHub doesn't accept the credentials for ml-platform/ml-platform; correct integrations.github: No",
    ],
    [403, "GitHub doesn't allow this in ml-platform/ml-platform: No"],
    [500, "Couldn't reach GitHub for ml-platform/ml-platform: No"],
  ])(
    "doesn't pass GitHub's status %i on to whoever asked",
    async (status, message) => {
      github.refusal = { status, body: { message: 'No' } };
      const error = await repository()
        .headCommit()
        .catch(caught => caught);
      expect(error).toMatchObject({
        name: 'ServiceUnavailableError',
        message,
      });
      expect(error.status).toBeUndefined();
    },
  );

  it('says so when it may not write, or sees no branch', async () => {
    github.onRequest = line => {
      github.refusal = line.startsWith('POST')
        ? { status: 404, body: { message: 'Not Found' } }
        : undefined;
    };
    const change = { path: 'x', content: 'x', replaces: undefined };
    await expect(
      repository().propose({
        branch: 'b',
        changes: [change],
        title: 'x',
        body: '',
      }),
    ).rejects.toThrow("GitHub doesn't let the portal change");
    github.refusal = undefined;
    github.repository.refs.clear();
    await expect(repository().headCommit()).rejects.toThrow(
      `${github.repoUrl} has no branch main`,
    );
  });

  it('knows when only the part of people is left of the limit', async () => {
    const jobs = repository();
    const answer = (remaining: string) => ({
      status: 200,
      body: { object: { sha: 'a' } },
      headers: {
        'x-ratelimit-limit': '5000',
        'x-ratelimit-remaining': remaining,
        'x-ratelimit-reset': '1767323700',
      },
    });
    expect(jobs.hasSpareRequests).toBe(true);
    github.refusal = answer('900');
    await jobs.headCommit();
    expect(jobs.hasSpareRequests).toBe(false);
    github.refusal = answer('4900');
    await jobs.headCommit();
    expect(jobs.hasSpareRequests).toBe(true);
  });
});
