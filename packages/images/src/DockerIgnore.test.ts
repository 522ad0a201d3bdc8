import { DockerIgnore } from './DockerIgnore';

describe('DockerIgnore', () => {
  it.each([
    ['', 'a', false],
    ['# a comment\n\n', 'a', false],
    ['a', 'a', true],
    ['/a/', 'a/b/c', true],
    ['./a', 'a', true],
    // anchored at the root, unlike a .gitignore
    ['a', 'b/a', false],
    ['**/a', 'b/a', true],
    ['**/a', 'a', true],
    ['**/__pycache__', 'x/y/__pycache__/m.pyc', true],
    ['*.pyc', 'm.pyc', true],
    ['*.pyc', 'x/m.pyc', false],
    ['*/m.pyc', 'x/m.pyc', true],
    ['a?', 'ab', true],
    ['a?', 'a/', false],
    ['[ab].txt', 'b.txt', true],
    ['a.c', 'abc', false],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['data/**', 'data/x/y', true],
    ['*\n!keep.txt', 'keep.txt', false],
    ['*\n!keep.txt', 'drop.txt', true],
    ['!a\na', 'a', true],
    ['.', 'a', false],
    ['a\r\nb', 'b', true],
  ])('%j of %j: %s', (text, path, excluded) => {
    expect(new DockerIgnore(text).excludes(path)).toBe(excluded);
  });
});
