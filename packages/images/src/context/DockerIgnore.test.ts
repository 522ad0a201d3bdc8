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
    // a comment begins the line
    [' #a', '#a', true],
    ['\\#a', '#a', true],
    // paths are cleaned first
    ['a//b/./c/', 'a/b/c/d', true],
    ['x/../a', 'a', true],
    ['../a', 'a', false],
    ['/', 'a', false],
    ['  a  ', 'a', true],
    ['! a', 'a', false],
    ['*\n!  a', 'a', false],
    // where ** is not a whole segment
    ['**.pyc', 'x/m.pyc', true],
    ['**.py[co]', 'x/m.pyc', false],
    ['a**', 'ab/c', true],
    ['a**b', 'a/x/b', true],
    ['a**b', 'axb', false],
    ['a**b', 'ab', true],
    ['a/**/', 'a/b', true],
    ['**', 'a/b', true],
    ['A', 'a', false],
  ])('%j of %j: %s', (text, path, excluded) => {
    expect(new DockerIgnore(text).excludes(path)).toBe(excluded);
  });

  it.each([
    [`${'**/'.repeat(30)}x`, 'a/'.repeat(100)],
    [`${'**/a/'.repeat(20)}x`, 'a/'.repeat(100)],
    [`${'*a'.repeat(30)}b`, 'a'.repeat(200)],
    [`${'[ab]*'.repeat(30)}c`, 'ab'.repeat(100)],
  ])('never hangs on %s', (text, path) => {
    const ignore = new DockerIgnore(text);
    for (let file = 0; file < 100; file += 1) {
      expect(ignore.excludes(`${path}${file}`)).toBe(false);
    }
  });

  it.each(['[z-a]', '[', 'a\\'])('says that %j is no pattern', text => {
    expect(() => new DockerIgnore(text)).toThrow(
      `The pattern '${text}' in .dockerignore is not valid; correct it`,
    );
  });

  it.each(['[]a]', '(?=x)', 'a{1,1000}{1,1000}', '(a+)+$'])(
    'takes what means something to other engines for text: %j',
    text => {
      expect(new DockerIgnore(text).excludes('aaaa')).toBe(false);
    },
  );
});
