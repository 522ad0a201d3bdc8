import { checkRepositoryPath } from './repositoryPath';

describe('checkRepositoryPath', () => {
  it('takes a path below the folder', () => {
    expect(checkRepositoryPath('gitops/a/b.yaml', '/gitops/')).toBe(
      'gitops/a/b.yaml',
    );
    expect(checkRepositoryPath('a/b.yaml', '')).toBe('a/b.yaml');
  });

  it.each([
    '',
    '/etc/passwd',
    'gitops',
    'gitops/',
    'gitops//a',
    'gitops/../.github/workflows/a.yaml',
    'gitops/./a',
    'gitops/.git/config',
    'gitops/.GIT/config',
    'gitops\\a',
    'gitops/a\n',
    'gitopsx/a',
    '.github/workflows/a.yaml',
  ])('refuses %j', path => {
    expect(() => checkRepositoryPath(path, 'gitops')).toThrow(
      /a plain path|outside of gitops/,
    );
  });
});
