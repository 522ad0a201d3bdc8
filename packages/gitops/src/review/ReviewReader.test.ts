import { FakeGitHub } from '../__testUtils__/FakeGitHub';
import type { FakePull } from '../__testUtils__/FakeRepository';
import { testRepository } from '../__testUtils__/testRepository';

describe('the review of a pull request', () => {
  let github: FakeGitHub;
  let pull: FakePull;
  let sha: string;

  beforeEach(async () => {
    github = await FakeGitHub.start();
    github.repository.change('run', { 'a.yaml': 'a\n' });
    pull = github.repository.open('run', { mergeableState: 'blocked' });
    sha = github.repository.refs.get('heads/run') ?? '';
  });

  afterEach(() => github.stop());

  async function read(jobs = testRepository(github)) {
    const [open] = await jobs.openPullRequests();
    return jobs.reviewOf(open);
  }

  it('is the checks, the last word of each reviewer, and what it waits for', async () => {
    github.repository.checks.set(sha, [
      { name: 'test', status: 'completed', conclusion: 'success' },
      { name: 'docs', status: 'completed', conclusion: 'skipped' },
      { name: 'lint', status: 'completed', conclusion: 'timed_out' },
      { name: 'build', status: 'in_progress', conclusion: null },
    ]);
    github.repository.statuses.set(sha, { ci: 'error', scan: 'pending' });
    pull.reviews.push(
      { login: 'ada', state: 'CHANGES_REQUESTED' },
      { login: 'bob', state: 'CHANGES_REQUESTED' },
      { login: 'ada', state: 'APPROVED' },
      { login: 'ada', state: 'COMMENTED' },
      { login: 'cyd', state: 'APPROVED' },
      { login: 'cyd', state: 'DISMISSED' },
      { login: 'ghost', state: 'APPROVED' },
    );
    pull.reviewers.push('dan');
    pull.teams.push('ops');
    const url = (id: number) => `${github.repoUrl}/runs/${id}`;
    const ci = (name: string) => `${github.url}/ci/${name}`;
    expect(await read()).toEqual({
      pull: expect.objectContaining({ number: 1, state: 'open', headSha: sha }),
      autoMerge: false,
      state: 'blocked',
      waitsFor: 'The checks ci and lint failed.',
      checks: [
        { name: 'ci', state: 'failed', url: ci('ci') },
        { name: 'lint', state: 'failed', result: 'timed out', url: url(3) },
        { name: 'build', state: 'running', url: url(4) },
        { name: 'scan', state: 'running', url: ci('scan') },
        { name: 'docs', state: 'passed', result: 'skipped', url: url(2) },
        { name: 'test', state: 'passed', url: url(1) },
      ],
      approvedBy: ['ada', 'ghost'],
      changesRequestedBy: ['bob'],
      askedFor: ['dan', 'team ops'],
    });
  });

  it('costs nothing of the rate limit while nothing changed', async () => {
    const jobs = testRepository(github);
    const first = await read(jobs);
    github.failAt(undefined);
    let unchanged = 0;
    const seen = jest.spyOn(globalThis, 'fetch');
    expect(await read(jobs)).toEqual(first);
    for (const { value } of seen.mock.results) {
      unchanged += (await value).status === 304 ? 1 : 0;
    }
    seen.mockRestore();
    expect(github.requests).toHaveLength(5);
    expect(unchanged).toBe(5);
  });

  it('reads all pages of reviews', async () => {
    const many = Array.from({ length: 130 }, () => ({
      login: 'ada',
      state: 'COMMENTED',
    }));
    pull.reviews.push(...many, { login: 'ada', state: 'APPROVED' });
    expect(await read()).toMatchObject({ approvedBy: ['ada'] });
  });

  it('says what is known where the checks may not be read', async () => {
    github.onRequest = request => {
      github.refusal = request.endsWith('/check-runs')
        ? {
            status: 403,
            body: { message: 'Resource not accessible by integration' },
          }
        : undefined;
    };
    pull.reviewers.push('ada');
    const review = await read();
    expect(review?.checks).toBeUndefined();
    expect(review?.waitsFor).toBe('It waits for a review by ada.');
  });

  it('takes the rate limit for no missing permission', async () => {
    const jobs = testRepository(github);
    const [open] = await jobs.openPullRequests();
    github.onRequest = request => {
      github.refusal = request.endsWith('/check-runs')
        ? { status: 403, body: { message: 'API rate limit exceeded' } }
        : undefined;
    };
    await expect(jobs.reviewOf(open)).rejects.toThrow('rate limit');
  });

  it('is none of a pull request that is merged', async () => {
    const jobs = testRepository(github);
    const [open] = await jobs.openPullRequests();
    github.repository.merge(pull);
    expect(await jobs.reviewOf(open)).toBeUndefined();
  });

  it('is asked again for what GitHub has not found out', async () => {
    const jobs = testRepository(github);
    pull.mergeableState = 'unknown';
    expect(await read(jobs)).toMatchObject({ state: 'unknown' });
    pull.mergeableState = 'clean';
    expect(await read(jobs)).toMatchObject({ state: 'ready' });
  });
});
