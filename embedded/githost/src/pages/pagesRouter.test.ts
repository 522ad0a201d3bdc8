import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { Octokit } from 'octokit';
import {
  startTestGitHost,
  TEST_TOKEN,
  TestGitHost,
} from '../__testUtils__/testGitHost';

jest.setTimeout(60_000);

const repo = { owner: 'ml-platform', repo: 'ml-platform' };

describe('the pages of the embedded git host', () => {
  let git: TestGitHost;

  beforeAll(async () => {
    git = await startTestGitHost(
      {
        'README.md':
          '# <b>Hello</b>\n\n*all* <script>alert(1)</script>\nof [you](javascript:alert(1))\n',
        'docs/a b.txt': 'one\ntwo\n',
      },
      { portalUrl: 'http://localhost:7007' },
    );
  });

  afterAll(() => git.close());

  const page = async (path: string, init?: RequestInit) => {
    const answer = await fetch(`${git.host.repositoryUrl}${path}`, init);
    return { answer, text: await answer.text() };
  };

  async function openPullRequest(branch: string) {
    const api = new Octokit({
      baseUrl: git.host.apiUrl,
      auth: TEST_TOKEN,
      throttle: { enabled: false },
    }).rest;
    const { data: main } = await api.git.getRef({ ...repo, ref: 'heads/main' });
    await api.git.createRef({
      ...repo,
      ref: `refs/heads/${branch}`,
      sha: main.object.sha,
    });
    await api.repos.createOrUpdateFileContents({
      ...repo,
      branch,
      path: `${branch}.yaml`,
      message: 'Add a job',
      content: Buffer.from(`name: ${branch} <img src=x>\n`).toString('base64'),
    });
    const { data } = await api.pulls.create({
      ...repo,
      title: 'Run <script>alert(1)</script>',
      body: '**See** http://localhost:7007/ray/jobs/a?b=1&c=2. <img src=x onerror=alert(1)>',
      head: branch,
      base: 'main',
    });
    return data.number;
  }

  /** Posts the form of a page whose action ends so. */
  async function submit(
    number: number,
    action: string,
    headers: Record<string, string> = {},
  ) {
    const { text } = await page(`/pull/${number}`);
    const form = new RegExp(
      `action="([^"]*/${action})">\\s*<input type="hidden" name="token" value="([^"]+)"`,
    ).exec(text);
    return fetch(`${git.host.url}${form?.[1]}`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: new URLSearchParams({ token: form?.[2] ?? '' }).toString(),
    });
  }

  it('shows a pull request with its changes, and nothing of it as markup', async () => {
    const number = await openPullRequest('ray-job/shown');
    const { answer, text } = await page(`/pull/${number}`);
    expect(answer.headers.get('content-security-policy')).toContain(
      "default-src 'none'",
    );
    const style = /<style>([^]*)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(answer.headers.get('content-security-policy')).toContain(hash);
    expect(text).not.toMatch(/<script|<img/);
    expect(text).toContain('Run &lt;script&gt;');
    expect(text).toContain('<strong>See</strong>');
    expect(text).toContain(
      '<a href="http://localhost:7007/ray/jobs/a?b=1&amp;c=2">',
    );
    expect(text).toContain('+name: ray-job/shown &lt;img src=x&gt;');
    expect(text).toContain('Merge pull request');
    const list = await page('/pulls');
    expect(list.text).toContain(`/pull/${number}"`);
  });

  it('merges with the button', async () => {
    const number = await openPullRequest('ray-job/merged');
    const answer = await submit(number, 'merge');
    expect(answer.status).toBe(303);
    const { text } = await page(`/pull/${number}`);
    expect(text).toContain('Merged by developer');
    expect(text).not.toContain('<form');
    expect((await page('/blob/main/ray-job/merged.yaml')).text).toContain(
      'ray-job/merged',
    );
    // Its changes stay readable after the merge.
    expect(text).toContain('+name: ray-job/merged');
  });

  it('takes a review with the button', async () => {
    const number = await openPullRequest('ray-job/reviewed');
    expect((await submit(number, 'request-changes')).status).toBe(303);
    expect((await page(`/pull/${number}`)).text).toMatch(
      /developer<\/strong>\s+asks for changes/,
    );
    expect((await submit(number, 'approve')).status).toBe(303);
    expect((await page(`/pull/${number}`)).text).toMatch(
      /developer<\/strong>\s+approved/,
    );
  });

  it('says so where a merge is not possible any more', async () => {
    const number = await openPullRequest('ray-job/late');
    const stale = await page(`/pull/${number}`);
    expect((await submit(number, 'close')).status).toBe(303);
    const token = /name="token" value="([^"]+)"/.exec(stale.text)?.[1] ?? '';
    const again = await page(`/pull/${number}/merge`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
    });
    expect(again.answer.status).toBe(409);
    expect(again.text).toContain('Pull Request is not mergeable');
    expect(again.text).toContain('Closed without a merge.');
  });

  it('takes no form that came from elsewhere', async () => {
    const number = await openPullRequest('ray-job/forged');
    const forged = await page(`/pull/${number}/merge`, {
      method: 'POST',
      body: new URLSearchParams({ token: 'guess' }),
    });
    expect(forged.answer.status).toBe(403);
    const crossSite = await submit(number, 'merge', {
      'sec-fetch-site': 'cross-site',
    });
    expect(crossSite.status).toBe(403);
    expect((await page(`/pull/${number}`)).text).toContain(
      'Merge pull request',
    );
  });

  it('answers only to loopback names', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(
        git.host.repositoryUrl,
        { headers: { host: 'attacker.example' } },
        answer => {
          answer.resume();
          resolve(answer.statusCode);
        },
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });

  it('shows folders, files, raw files and commits', async () => {
    const { text } = await page('');
    expect(text).toContain('<h2>&lt;b&gt;Hello&lt;/b&gt;</h2>');
    expect(text).toContain('<em>all</em> &lt;script&gt;alert(1)');
    expect(text).not.toMatch(/href="javascript|<br/);
    expect((await page('/tree/main/docs')).text).toContain(
      '/blob/main/docs/a%20b.txt"',
    );
    expect((await page('/blob/main/docs/a%20b.txt')).text).toContain(
      '<td>two</td>',
    );
    const raw = await page('/raw/main/docs/a%20b.txt');
    expect(raw.text).toBe('one\ntwo\n');
    expect(raw.answer.headers.get('content-type')).toContain('text/plain');
    const commits = await page('/commits/main');
    const link = /href="[^"]*\/commit\/([0-9a-f]{40})"/.exec(commits.text);
    expect((await page(`/commit/${link?.[1]}`)).text).toContain(link?.[1]);
    expect((await page('/blob/main/none')).answer.status).toBe(404);
    expect((await page('/pull/999')).answer.status).toBe(404);
  });
});
