import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, JOBS, propose, read, repo } from './__testUtils__/testClient';
import { startTestGitHost, TestGitHost } from './__testUtils__/testGitHost';

jest.setTimeout(60_000);

describe('the state of the embedded git host', () => {
  let git: TestGitHost;

  beforeAll(async () => {
    git = await startTestGitHost({
      'README.md': '# Checkout\n',
      'docs/picture.png': Buffer.from([0x89, 0x50, 0, 0xff]),
      [`${JOBS}/README.md`]: 'Jobs\n',
    });
  });

  afterAll(() => git.close());

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
});
