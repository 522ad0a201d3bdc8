import { readGitOps } from './gitOpsConfig';

describe('readGitOps', () => {
  it('reads a plain section, and fills in what is not said', () => {
    expect(readGitOps({ repoUrl: 'https://github.com/o/r.git' })).toEqual({
      repoUrl: 'https://github.com/o/r',
      owner: 'o',
      repo: 'r',
      branch: 'main',
      path: 'gitops',
      pollSeconds: 15,
    });
    expect(
      readGitOps({
        repoUrl: 'https://github.com/o/r/',
        branch: 'live',
        path: '/deploy/',
        pollSeconds: 60,
      }),
    ).toMatchObject({ branch: 'live', path: 'deploy', pollSeconds: 60 });
  });

  it('reads what is asked for each pull request', () => {
    const repoUrl = 'https://github.com/o/r';
    expect(readGitOps({ repoUrl })?.review).toBeUndefined();
    expect(
      readGitOps({
        repoUrl,
        pullRequests: { labels: ['training'], autoMerge: 'squash' },
      })?.review,
    ).toEqual({
      labels: ['training'],
      reviewers: [],
      teams: [],
      autoMerge: 'squash',
    });
  });

  it('takes no section for jobs that do not come from git', () => {
    expect(readGitOps(undefined)).toBeUndefined();
  });

  it.each([
    ['https://github.com/o/r', 'must be a section'],
    [{}, 'repoUrl is missing'],
    [{ repoUrl: 'nowhere' }, "isn't the web address"],
    [{ repoUrl: 'https://github.com/o' }, "isn't the web address"],
    [
      { repoUrl: 'https://github.com/o/r/tree/main' },
      "isn't the address of a repository",
    ],
    [{ repoUrl: 'https://github.com/o/r', branch: 1 }, 'branch must be a text'],
    [
      { repoUrl: 'https://github.com/o/r', pullRequests: [] },
      'pullRequests must be a section',
    ],
    [
      { repoUrl: 'https://github.com/o/r', pullRequests: { labels: 'a' } },
      'pullRequests.labels must be a list',
    ],
    [
      { repoUrl: 'https://github.com/o/r', pullRequests: { autoMerge: true } },
      'autoMerge must be one of merge, squash, rebase',
    ],
    [
      { repoUrl: 'https://github.com/o/r', pollSeconds: 0 },
      'must be a number of at least 1',
    ],
  ])('says what is wrong with %j', (section, message) => {
    expect(() => readGitOps(section)).toThrow(message);
  });
});
