import { gitRemotePage } from './gitRemote';

describe('gitRemotePage', () => {
  it.each([
    ['https://github.com/owner/repo.git', 'https://github.com/owner/repo'],
    [
      'https://ada:secret@github.com/owner/repo',
      'https://github.com/owner/repo',
    ],
    ['http://localhost:7008/owner/repo', 'http://localhost:7008/owner/repo'],
    ['git@github.com:owner/repo.git', 'https://github.com/owner/repo'],
    [
      'ssh://git@git.example.com:2222/owner/repo.git',
      'https://git.example.com/owner/repo',
    ],
    ['/srv/git/repo.git', undefined],
    ['file:///srv/git/repo.git', undefined],
    ['https://gitlab.com/group/team/repo', undefined],
    ['../repo', undefined],
  ])('of %s is %s', (remote, page) => {
    expect(gitRemotePage(remote)).toBe(page);
  });
});
