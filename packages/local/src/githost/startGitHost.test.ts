import { appendFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { Octokit } from 'octokit';
import { startGitHost } from './startGitHost';
import { startTestGitHost, TEST_TOKEN, TestGitHost } from './testGitHost';

jest.setTimeout(60_000);

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452ff00fe80', 'hex');
const repo = { owner: 'ml-platform', repo: 'ml-platform' };
const JOBS = 'gitops/clusters/workload-cluster/jobs';

function connect(git: TestGitHost, auth: string | undefined = TEST_TOKEN) {
  const silent = () => undefined;
  return new Octokit({
    baseUrl: git.host.apiUrl,
    auth,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    retry: { enabled: false },
    throttle: { enabled: false },
  }).rest;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Adds a file on a branch of its own and opens a pull request for it. */
async function propose(git: TestGitHost, name: string, content = name) {
  const api = connect(git);
  const branch = `ray-job/${name}`;
  const { data: main } = await api.git.getRef({ ...repo, ref: 'heads/main' });
  await api.git.createRef({
    ...repo,
    ref: `refs/heads/${branch}`,
    sha: main.object.sha,
  });
  await api.repos.createOrUpdateFileContents({
    ...repo,
    branch,
    path: `${JOBS}/training/${name}.yaml`,
    message: `Add ${name}`,
    content: base64(`${content}\n`),
  });
  const { data: pull } = await api.pulls.create({
    ...repo,
    title: `Run ${name}`,
    body: `Job page: http://localhost:7007/ray/jobs/${name} <script>alert(1)</script>`,
    head: branch,
    base: 'main',
  });
  return { pull, branch };
}

async function read(git: TestGitHost, path: string, ref = 'main') {
  const answer = await fetch(
    `${git.host.apiUrl}/repos/ml-platform/ml-platform/contents/${path}?ref=${ref}`,
    { headers: { accept: 'application/vnd.github.v3.raw' } },
  );
  return answer.ok ? Buffer.from(await answer.arrayBuffer()) : answer.status;
}

describe('the embedded git host', () => {
  let git: TestGitHost;

  beforeAll(async () => {
    git = await startTestGitHost({
      'README.md': '# Checkout\n',
      'docs/picture.png': PNG,
      'docs/ünïcode.md': 'naïve\n',
      'node_modules/left-out/index.js': 'no',
      'big.bin': Buffer.alloc(2 * 1024 * 1024),
      [`${JOBS}/README.md`]: 'Jobs\n',
    });
  });

  afterAll(() => git.close());

  it('holds the checkout byte for byte, without what git ignores and files over 1 MiB', async () => {
    expect(await read(git, 'README.md')).toEqual(Buffer.from('# Checkout\n'));
    expect(await read(git, 'docs/picture.png')).toEqual(PNG);
    const { data } = await connect(git).git.getTree({
      ...repo,
      tree_sha: 'main',
      recursive: '1',
    });
    expect(
      data.tree.filter(({ type }) => type === 'blob').map(({ path }) => path),
    ).toEqual(
      expect.arrayContaining([
        'README.md',
        'docs/picture.png',
        'docs/ünïcode.md',
        `${JOBS}/README.md`,
      ]),
    );
    expect(data.tree).toHaveLength(9);
  });

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
    });
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

  it('takes trees without types on top of a commit, as GitHub does', async () => {
    const api = connect(git);
    const { data: main } = await api.git.getRef({ ...repo, ref: 'heads/main' });
    const { data: tree } = await api.git.createTree({
      ...repo,
      base_tree: main.object.sha,
      tree: [{ path: 'a/b/c.txt', mode: '100644', content: 'c\n' }],
    });
    const { data: commit } = await api.git.createCommit({
      ...repo,
      message: 'Deep',
      tree: tree.sha,
      parents: [main.object.sha],
    });
    const { data: comparison } = await api.repos.compareCommitsWithBasehead({
      ...repo,
      basehead: `${main.object.sha}...${commit.sha}`,
    });
    expect(comparison.files?.map(({ filename }) => filename)).toEqual([
      'a/b/c.txt',
    ]);
  });

  it('answers an unchanged ref with 304', async () => {
    const url = `${git.host.apiUrl}/repos/ml-platform/ml-platform/git/ref/heads/main`;
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    const again = await fetch(url, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });

  const hook = createServer();
  beforeAll(async () => {
    hook.listen(0, '127.0.0.1');
    await once(hook, 'listening');
  });
  afterAll(() => {
    hook.closeAllConnections();
    hook.close();
  });

  it('calls webhooks on a push to main', async () => {
    const received = new Promise<{ event: unknown; body: string }>(resolve => {
      hook.on('request', async (req, res) => {
        const chunks: Buffer[] = [];
        for await (const chunk of req) chunks.push(chunk);
        res.end();
        const body = Buffer.concat(chunks).toString();
        if (body.includes('refs/heads/main')) {
          resolve({ event: req.headers['x-github-event'], body });
        }
      });
    });
    const address = hook.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await connect(git).repos.createWebhook({
      ...repo,
      events: ['push'],
      config: { url: `http://127.0.0.1:${port}/` },
    });
    const { pull } = await propose(git, 'hooked');
    const { data } = await connect(git).pulls.merge({
      ...repo,
      pull_number: pull.number,
    });
    const { event, body } = await received;
    expect(event).toBe('push');
    expect(JSON.parse(body)).toMatchObject({ after: data.sha });
  });
  it('lets nobody write without the token, nor read with a wrong one', async () => {
    const url = `${git.host.apiUrl}/repos/ml-platform/ml-platform`;
    const status = async (path: string, init?: RequestInit) =>
      (await fetch(`${url}${path}`, init)).status;
    expect(await status('')).toBe(200);
    expect(await status('/pulls', { method: 'POST', body: '{}' })).toBe(401);
    expect(
      await status('', { headers: { authorization: 'token wrong' } }),
    ).toBe(401);
    expect(
      await status('/pulls/1/merge', {
        method: 'PUT',
        headers: { authorization: 'Bearer wrong' },
      }),
    ).toBe(401);
    expect((await fetch(`${git.host.url}/_emulate/fonts/x`)).status).toBe(404);
    expect(
      (await fetch(`${git.host.url}/_githost/merged`, { method: 'POST' }))
        .status,
    ).toBe(404);
  });

  it('keeps its state over a restart and takes only what changed in the checkout', async () => {
    const { pull } = await propose(git, 'kept');
    const merged = await connect(git).pulls.merge({
      ...repo,
      pull_number: pull.number,
    });
    const { pull: waiting } = await propose(git, 'waiting');
    await git.restart();
    const api = connect(git);
    const { data: same } = await api.git.getRef({ ...repo, ref: 'heads/main' });
    expect(same.object.sha).toBe(merged.data.sha);
    const { data: still } = await api.pulls.get({
      ...repo,
      pull_number: waiting.number,
    });
    expect(still).toMatchObject({
      state: 'open',
      created_at: waiting.created_at,
    });

    await git.write('README.md', '# Changed\n');
    await rm(join(git.seedDir, 'docs/picture.png'));
    await git.restart();
    expect(String(await read(git, 'README.md'))).toBe('# Changed\n');
    expect(await read(git, 'docs/picture.png')).toBe(404);
    expect(String(await read(git, `${JOBS}/training/kept.yaml`))).toBe(
      'kept\n',
    );
    const { data: commits } = await connect(git).repos.listCommits({ ...repo });
    expect(commits[0].commit.message).toBe('Update from the checkout');
    expect(commits[0].parents[0].sha).toBe(merged.data.sha);
    await connect(git).pulls.merge({ ...repo, pull_number: waiting.number });
    expect(String(await read(git, 'README.md'))).toBe('# Changed\n');
  });

  it('starts again after a crash in the middle of a write', async () => {
    const { pull } = await propose(git, 'survives');
    const objects = join(git.dataDir, 'objects.ndjson');
    await git.restart(() => appendFile(objects, '{"in":"github.blobs","it'));
    const { pull: next } = await propose(git, 'after-crash');
    await git.restart();
    for (const { number } of [pull, next]) {
      const { data } = await connect(git).pulls.merge({
        ...repo,
        pull_number: number,
      });
      expect(data.merged).toBe(true);
    }
    expect(String(await read(git, `${JOBS}/training/survives.yaml`))).toBe(
      'survives\n',
    );
  });

  it('says so where the port is taken', async () => {
    await expect(
      startGitHost({
        port: Number(new URL(git.host.url).port),
        dataDir: join(git.dataDir, 'other'),
        seedDir: git.seedDir,
        token: TEST_TOKEN,
        logger: { debug() {}, info() {}, warn() {}, error() {} },
      }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
