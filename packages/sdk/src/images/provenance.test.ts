import { remotePage } from './provenance';

describe('remotePage', () => {
  it.each([
    ['https://github.com/acme/w.git', 'https://github.com/acme/w'],
    ['https://ada:secret@github.com/acme/w', 'https://github.com/acme/w'],
    ['git@github.com:acme/w.git', 'https://github.com/acme/w'],
    ['ssh://git@git.example.com:2222/acme/w', 'https://git.example.com/acme/w'],
    ['http://localhost:7008/a/b?token=x', 'http://localhost:7008/a/b'],
    ['/srv/git/w.git', undefined],
    ['file:///srv/git/w.git', undefined],
    ['', undefined],
  ])('of %s is %s', (remote, page) => {
    expect(remotePage(remote)).toBe(page);
  });
});
