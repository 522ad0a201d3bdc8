import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { startGitHost } from './startGitHost';
import { connect, JOBS, propose, read, repo } from './__testUtils__/testClient';
import {
  startTestGitHost,
  TEST_TOKEN,
  TestGitHost,
} from './__testUtils__/testGitHost';

jest.setTimeout(60_000);

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452ff00fe80', 'hex');

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
    // As GitHub sends them in this event alone; Argo CD refuses text.
    expect(JSON.parse(body)).toMatchObject({
      after: data.sha,
      repository: {
        created_at: expect.any(Number),
        pushed_at: expect.any(Number),
      },
    });
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
