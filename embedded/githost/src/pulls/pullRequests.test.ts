import {
  base64,
  connect,
  JOBS,
  propose,
  read,
  repo,
} from '../__testUtils__/testClient';
import { startTestGitHost, TestGitHost } from '../__testUtils__/testGitHost';

jest.setTimeout(60_000);

describe('pull requests of the embedded git host', () => {
  let git: TestGitHost;

  beforeAll(async () => {
    git = await startTestGitHost({ [`${JOBS}/README.md`]: 'Jobs\n' });
  });

  afterAll(() => git.close());

  it('takes a job from branch to merge with octokit, and tells at once that main moved', async () => {
    const pushes: string[] = [];
    const stop = git.host.onPush(({ branch }) => pushes.push(branch));
    const api = connect(git);
    const { pull, branch } = await propose(git, 'first');
    expect(pull.html_url).toBe(
      `${git.host.url}/ml-platform/ml-platform/pull/${pull.number}`,
    );
    const { data: files } = await api.pulls.listFiles({
      ...repo,
      pull_number: pull.number,
    });
    expect(files).toEqual([
      expect.objectContaining({
        filename: `${JOBS}/training/first.yaml`,
        status: 'added',
        additions: 1,
        patch: '@@ -0,0 +1,1 @@\n+first',
      }),
    ]);
    const { data: byHead } = await api.pulls.list({
      ...repo,
      state: 'all',
      head: `ml-platform:${branch}`,
    });
    expect(byHead.map(({ number }) => number)).toEqual([pull.number]);
    const { data: open } = await api.pulls.get({
      ...repo,
      pull_number: pull.number,
    });
    expect(open).toMatchObject({
      mergeable: true,
      changed_files: 1,
      additions: 1,
      commits: 1,
    });

    const { data: merged } = await api.pulls.merge({
      ...repo,
      pull_number: pull.number,
      merge_method: 'squash',
    });
    expect(merged.merged).toBe(true);
    expect(pushes.filter(name => name === 'main')).toHaveLength(1);
    stop();
    const { data: main } = await api.git.getRef({ ...repo, ref: 'heads/main' });
    expect(main.object.sha).toBe(merged.sha);
    expect(String(await read(git, `${JOBS}/training/first.yaml`))).toBe(
      'first\n',
    );
    const { data: after } = await api.pulls.get({
      ...repo,
      pull_number: pull.number,
    });
    expect(after).toMatchObject({
      state: 'closed',
      merged: true,
      merge_commit_sha: merged.sha,
      changed_files: 1,
      merged_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    const { data: ended } = await api.pulls.list({
      ...repo,
      state: 'all',
      head: `ml-platform:${branch}`,
    });
    expect(ended.map(({ merged_at: at }) => at)).toEqual([after.merged_at]);
  });

  it('keeps what another pull request merged in the meantime', async () => {
    const api = connect(git);
    const one = await propose(git, 'one');
    const two = await propose(git, 'two');
    for (const { pull } of [one, two]) {
      await api.pulls.merge({ ...repo, pull_number: pull.number });
    }
    expect(String(await read(git, `${JOBS}/training/one.yaml`))).toBe('one\n');
    expect(String(await read(git, `${JOBS}/training/two.yaml`))).toBe('two\n');
  });

  it('refuses to merge where both sides changed a file', async () => {
    const api = connect(git);
    const { pull } = await propose(git, 'fought-over', 'mine');
    await api.repos.createOrUpdateFileContents({
      ...repo,
      path: `${JOBS}/training/fought-over.yaml`,
      message: 'Be first',
      content: base64('theirs\n'),
    });
    const { data } = await api.pulls.get({ ...repo, pull_number: pull.number });
    expect(data).toMatchObject({ mergeable: false, mergeable_state: 'dirty' });
    await expect(
      api.pulls.merge({ ...repo, pull_number: pull.number }),
    ).rejects.toMatchObject({
      status: 405,
      message: expect.stringContaining('not mergeable'),
    });
    expect(String(await read(git, `${JOBS}/training/fought-over.yaml`))).toBe(
      'theirs\n',
    );
  });

  it('refuses a second open pull request for a head, a missing head and one without commits, as GitHub does', async () => {
    const api = connect(git);
    const { branch } = await propose(git, 'twice');
    const again = { ...repo, title: 'Again', base: 'main' };
    await expect(
      api.pulls.create({ ...again, head: branch }),
    ).rejects.toMatchObject({
      status: 422,
      response: {
        data: {
          message: 'Validation Failed',
          errors: [
            {
              resource: 'PullRequest',
              code: 'custom',
              message: `A pull request already exists for ml-platform:${branch}.`,
            },
          ],
        },
      },
    });
    await expect(
      api.pulls.create({ ...again, head: 'nowhere' }),
    ).rejects.toMatchObject({
      status: 422,
      response: { data: { errors: [{ field: 'head', code: 'invalid' }] } },
    });
    const { data: main } = await api.git.getRef({ ...repo, ref: 'heads/main' });
    await api.git.createRef({
      ...repo,
      ref: 'refs/heads/empty',
      sha: main.object.sha,
    });
    await expect(api.pulls.create({ ...again, head: 'empty' })).rejects.toThrow(
      /No commits between main and empty/,
    );
  });

  it('opens only one pull request when two requests for a head race', async () => {
    const api = connect(git);
    const { pull, branch } = await propose(git, 'raced');
    await api.pulls.update({
      ...repo,
      pull_number: pull.number,
      state: 'closed',
    });
    const open = () =>
      api.pulls.create({ ...repo, title: 'Race', head: branch, base: 'main' });
    const results = await Promise.allSettled([open(), open()]);
    expect(results.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
  });

  it('moves a pull request along with new commits on its branch', async () => {
    const api = connect(git);
    const { pull, branch } = await propose(git, 'grows');
    const { data: commit } = await api.repos.createOrUpdateFileContents({
      ...repo,
      branch,
      path: 'more.txt',
      message: 'More',
      content: base64('more\n'),
    });
    const { data } = await api.pulls.get({ ...repo, pull_number: pull.number });
    expect(data.head.sha).toBe(commit.commit.sha);
    expect(data.changed_files).toBe(2);
  });
});
