import { readGitOps, JobsRepository } from '@ml-platform/gitops';
import { connect, JOBS, propose, repo } from '../__testUtils__/testClient';
import {
  startTestGitHost,
  TEST_TOKEN,
  TestGitHost,
} from '../__testUtils__/testGitHost';

jest.setTimeout(60_000);

describe('reviews and checks of the embedded git host', () => {
  let git: TestGitHost;

  beforeAll(async () => {
    git = await startTestGitHost({ [`${JOBS}/README.md`]: 'Jobs\n' });
  });

  afterAll(() => git.close());

  it('are read by the portal as those of GitHub', async () => {
    const config = readGitOps({ repoUrl: git.host.repositoryUrl });
    if (!config) throw new Error('There is a configuration');
    const jobs = new JobsRepository({
      config,
      connect: async () => ({ apiBaseUrl: git.host.apiUrl, token: TEST_TOKEN }),
    });
    const { pull } = await propose(git, 'reviewed');
    const [open] = await jobs.openPullRequests();
    expect(await jobs.reviewOf(open)).toMatchObject({
      state: 'ready',
      waitsFor: 'It can be merged.',
      checks: [],
    });

    const api = connect(git);
    const number = { ...repo, pull_number: pull.number };
    const { data: lint } = await api.checks.create({
      ...repo,
      name: 'lint',
      head_sha: pull.head.sha,
      status: 'in_progress',
    });
    await api.pulls.requestReviewers({ ...number, reviewers: ['developer'] });
    expect(await jobs.reviewOf(open)).toMatchObject({
      waitsFor: 'It can be merged, although the check lint is still running.',
      checks: [{ name: 'lint', state: 'running' }],
      askedFor: ['developer'],
    });

    await api.checks.update({
      ...repo,
      check_run_id: lint.id,
      status: 'completed',
      conclusion: 'failure',
    });
    await api.pulls.createReview({ ...number, event: 'REQUEST_CHANGES' });
    const review = await jobs.reviewOf(open);
    expect(review).toMatchObject({
      waitsFor: 'It can be merged, although the check lint failed.',
      checks: [
        {
          name: 'lint',
          state: 'failed',
          url: expect.stringContaining(git.host.repositoryUrl),
        },
      ],
    });
    expect(review?.changesRequestedBy).toHaveLength(1);

    await api.pulls.merge(number);
    expect(await jobs.reviewOf(open)).toBeUndefined();
  });

  it('know no commit that is not there', async () => {
    const api = connect(git);
    const ref = '0'.repeat(40);
    await expect(
      api.repos.getCombinedStatusForRef({ ...repo, ref }),
    ).rejects.toMatchObject({ status: 404 });
  });
});
