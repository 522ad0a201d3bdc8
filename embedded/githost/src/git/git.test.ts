import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  base64,
  connect,
  JOBS,
  propose,
  read,
  repo,
} from '../__testUtils__/testClient';
import {
  startTestGitHost,
  TEST_TOKEN,
  TestGitHost,
} from '../__testUtils__/testGitHost';

jest.setTimeout(60_000);

const PNG = Buffer.from([0x89, 0x50, 0, 0xff]);
const run = promisify(execFile);

/** Git as a person runs it, without the settings of this machine. */
async function git(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', args, {
    cwd,
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_AUTHOR_DATE: '2026-01-02T03:04:05+05:30',
      GIT_COMMITTER_NAME: 'Grace',
      GIT_COMMITTER_EMAIL: 'grace@example.com',
      GIT_COMMITTER_DATE: '2026-01-02T03:04:06-03:30',
    },
  });
  return stdout.trim();
}

describe('git against the embedded git host', () => {
  let host: TestGitHost;
  let folder: string;
  let checkout: string;

  const withToken = (token: string) => {
    const url = new URL(`${host.host.repositoryUrl}.git`);
    url.username = 'git';
    url.password = token;
    return url.href;
  };
  const commitFile = async (path: string, content: string) => {
    await writeFile(join(checkout, path), content);
    await git(checkout, 'add', '--all');
    await git(checkout, 'commit', '-q', '-m', `Write ${path}`, '-m', 'Why.');
    return git(checkout, 'rev-parse', 'HEAD');
  };

  beforeAll(async () => {
    host = await startTestGitHost({
      'README.md': '# Checkout\n',
      'docs/picture.png': PNG,
      'docs/ünïcode.md': 'naïve\n',
      [`${JOBS}/README.md`]: 'Jobs\n',
    });
    await host.write('run.sh', '#!/bin/sh\n', 0o755);
    await host.restart();
    folder = await mkdtemp(join(tmpdir(), 'clone-'));
    checkout = join(folder, 'clone');
  });

  beforeEach(async () => {
    await rm(checkout, { recursive: true, force: true });
    await git(folder, 'clone', '-q', `${host.host.repositoryUrl}.git`, 'clone');
  });

  afterAll(async () => {
    await host.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('clones the repository whole, with its history', async () => {
    expect(await git(checkout, 'fsck', '--strict')).toBe('');
    expect(await readFile(join(checkout, 'docs/picture.png'))).toEqual(PNG);
    expect(await readFile(join(checkout, 'docs/ünïcode.md'), 'utf8')).toBe(
      'naïve\n',
    );
    expect(await git(checkout, 'ls-files', '-s', 'run.sh')).toMatch(/^100755/);
    const { data: commits } = await connect(host).repos.listCommits(repo);
    expect((await git(checkout, 'log', '--format=%H')).split('\n')).toEqual(
      commits.map(({ sha }) => sha),
    );
  });

  it.each(['0', '1', '2'])(
    'speaks version %s of the protocol',
    async version => {
      const refs = await git(
        folder,
        '-c',
        `protocol.version=${version}`,
        'ls-remote',
        host.host.repositoryUrl,
      );
      expect(refs).toMatch(/\trefs\/heads\/main$/m);
    },
  );

  it('pulls what the API has committed, and fetches pull requests', async () => {
    const { pull } = await propose(host, 'from-the-form');
    await git(checkout, 'fetch', '-q', 'origin', `pull/${pull.number}/head`);
    expect(await git(checkout, 'rev-parse', 'FETCH_HEAD')).toBe(pull.head.sha);
    await connect(host).pulls.merge({ ...repo, pull_number: pull.number });
    await git(checkout, 'pull', '-q', '--ff-only');
    const file = `${JOBS}/training/from-the-form.yaml`;
    expect(await readFile(join(checkout, file), 'utf8')).toBe(
      'from-the-form\n',
    );
  });

  it('serves the same after a restart, also where its copy for git is gone', async () => {
    const before = await git(checkout, 'rev-parse', 'origin/main');
    await host.restart(() =>
      rm(join(host.dataDir, 'repository.git'), { recursive: true }),
    );
    await rm(checkout, { recursive: true });
    await git(folder, 'clone', '-q', host.host.repositoryUrl, 'clone');
    expect(await git(checkout, 'rev-parse', 'HEAD')).toBe(before);
  });

  it('takes a push: it shows in the API and tells who listens', async () => {
    const pushes: string[] = [];
    const stop = host.host.onPush(({ after }) => pushes.push(after));
    await commitFile('docs/picture.png', 'other\n');
    const sha = await commitFile('pushed.txt', 'pushed\n');
    await git(checkout, 'push', '-q', withToken(TEST_TOKEN), 'HEAD:main');
    stop();
    expect(String(await read(host, 'pushed.txt'))).toBe('pushed\n');
    const { data } = await connect(host).repos.getCommit({ ...repo, ref: sha });
    expect(data.commit).toMatchObject({
      message: expect.stringContaining('Write pushed.txt\n\nWhy.'),
      author: { name: 'Ada', email: 'ada@example.com' },
      committer: { name: 'Grace', email: 'grace@example.com' },
    });
    expect(pushes).toEqual([sha]);
  });

  it('takes branches, tags, forced pushes and deletions', async () => {
    const remote = withToken(TEST_TOKEN);
    const first = await commitFile('a.txt', 'a\n');
    await git(checkout, 'tag', 'v1');
    await git(checkout, 'push', '-q', remote, 'HEAD:refs/heads/new/one', 'v1');
    await git(checkout, 'commit', '-q', '--amend', '-m', 'Another');
    const second = await git(checkout, 'rev-parse', 'HEAD');
    await git(checkout, 'push', '-q', '-f', remote, 'HEAD:new/one');
    const refs = await git(checkout, 'ls-remote', remote);
    expect(refs).toContain(`${second}\trefs/heads/new/one`);
    expect(refs).toContain(`${first}\trefs/tags/v1`);
    await git(checkout, 'push', '-q', remote, ':new/one', ':v1');
    expect(await git(checkout, 'ls-remote', remote)).not.toMatch(/new|v1/);
  });

  it('takes a branch whose commits it has, and opens a pull request for it', async () => {
    await git(checkout, 'push', '-q', withToken(TEST_TOKEN), 'HEAD:same');
    await commitFile('proposed.txt', 'x\n');
    await git(checkout, 'push', '-q', withToken(TEST_TOKEN), 'HEAD:same');
    const { data: pull } = await connect(host).pulls.create({
      ...repo,
      title: 'Proposed',
      head: 'same',
      base: 'main',
    });
    await connect(host).pulls.merge({ ...repo, pull_number: pull.number });
    expect(String(await read(host, 'proposed.txt'))).toBe('x\n');
  });

  it.each([
    ['no token', '', /could not read Username|Authentication failed/],
    ['a wrong token', 'wrong', /Authentication failed/],
  ])('refuses a push with %s', async (_what, token, message) => {
    await commitFile('refused.txt', 'x\n');
    const remote = token ? withToken(token) : 'origin';
    await expect(
      git(checkout, 'push', '-q', remote, 'HEAD:main'),
    ).rejects.toThrow(message);
    expect(await read(host, 'refused.txt')).toBe(404);
  });

  it.each([
    ['HEAD:refs/pull/99/head', 'only branches and tags can be pushed'],
    ['annotated', 'annotated tags are not supported'],
    [':main', 'Cannot delete the default branch'],
  ])('refuses to push %s and says why', async (ref, message) => {
    await git(checkout, 'tag', '-a', '-m', 'A tag', 'annotated');
    await expect(
      git(checkout, 'push', '-q', withToken(TEST_TOKEN), ref),
    ).rejects.toThrow(message);
  });

  it('refuses a commit that it could not keep as it is', async () => {
    await commitFile('encoded.txt', 'x\n');
    await git(
      checkout,
      '-c',
      'i18n.commitEncoding=ISO-8859-1',
      'commit',
      '-q',
      '--amend',
      '-m',
      'Encoded',
    );
    await expect(
      git(checkout, 'push', '-q', withToken(TEST_TOKEN), 'HEAD:main'),
    ).rejects.toThrow('has more than an author, a date and a message');
  });

  it('refuses to lose what came in between', async () => {
    await commitFile('mine.txt', 'x\n');
    await connect(host).repos.createOrUpdateFileContents({
      ...repo,
      path: 'theirs.txt',
      message: 'Theirs',
      content: base64('x\n'),
    });
    await expect(
      git(checkout, 'push', '-q', withToken(TEST_TOKEN), 'HEAD:main'),
    ).rejects.toThrow(/rejected/);
  });

  it.each([
    ['GET', '/info/refs', 403],
    ['GET', '/info/refs?service=git-upload-archive', 403],
    ['POST', '/git-upload-pack', 415],
  ])('answers %s %s with %i', async (method, path, status) => {
    const answer = await fetch(`${host.host.repositoryUrl}.git${path}`, {
      method,
    });
    expect(answer.status).toBe(status);
  });

  it.each(['zz', '0003', 'ffff', '000bgarbage'])(
    'refuses a push that is none: %s',
    async body => {
      const answer = await fetch(
        `${host.host.repositoryUrl}/git-receive-pack`,
        {
          method: 'POST',
          body,
          headers: {
            'content-type': 'application/x-git-receive-pack-request',
            authorization: `Bearer ${TEST_TOKEN}`,
          },
        },
      );
      expect(answer.status).toBe(400);
    },
  );
});

it('says what to do where git is not installed', async () => {
  const host = await startTestGitHost(
    { 'README.md': '#\n' },
    { git: '/nowhere/git' },
  );
  await expect(
    git(tmpdir(), 'ls-remote', host.host.repositoryUrl),
  ).rejects.toThrow("Git isn't installed where the Git host runs");
  await host.close();
});
