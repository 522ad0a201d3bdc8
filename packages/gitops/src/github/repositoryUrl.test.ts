import { parseRepositoryUrl, treeUrl } from './repositoryUrl';

describe('parseRepositoryUrl', () => {
  it.each([
    ['https://github.com/o/r', { owner: 'o', repo: 'r', path: '' }],
    ['https://github.com/o/r.git', { owner: 'o', repo: 'r', path: '' }],
    [
      'http://localhost:7008/o/r/tree/main/workloads/hello-ray/',
      {
        origin: 'http://localhost:7008',
        ref: 'main',
        path: 'workloads/hello-ray',
      },
    ],
    [
      'https://github.com/o/r/blob/v1/a%20b/catalog-info.yaml',
      { ref: 'v1', path: 'a b/catalog-info.yaml' },
    ],
  ])('reads %s', (url, expected) => {
    expect(parseRepositoryUrl(url)).toMatchObject(expected);
  });

  it.each([
    'workloads/hello-ray',
    'https://github.com/o',
    'https://h/o/r/wiki',
    'https://h/o/%zz',
  ])('refuses %s', url => {
    expect(() => parseRepositoryUrl(url)).toThrow(
      "isn't the web address of a repository",
    );
  });
});

describe('treeUrl', () => {
  it('names a folder at a commit', () => {
    const location = parseRepositoryUrl(
      'http://localhost:7008/o/r/tree/main/a%20b/c/',
    );
    expect(treeUrl(location, 'abc')).toBe(
      'http://localhost:7008/o/r/tree/abc/a%20b/c',
    );
    expect(treeUrl({ ...location, path: '' }, 'abc')).toBe(
      'http://localhost:7008/o/r/tree/abc',
    );
  });
});
