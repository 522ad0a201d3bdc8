import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import {
  joinedForPosix,
  joinedForWindows,
  run,
  submitted,
} from '../__testUtils__/rayShells';
import { renderEntrypoint } from './entrypoint';
import { withParameters } from './parameters';

const NASTY = [
  '',
  ' ',
  "'",
  '"',
  '`id`',
  '$(id)',
  '$HOME ${HOME} $$ $(HOME) $$(HOME)',
  '; exit 9',
  '&& exit 9',
  '| cat',
  '> ./broke-out',
  '# comment',
  '\\',
  '\\\\',
  "\\'",
  '\n exit 9',
  '\r\n',
  '\t',
  '*',
  '~',
  '{a,b}',
  '!!',
  '--other=1',
  '%s %% %n',
  '\\044(id)',
  "'\"'\"'",
  "'; exit 9; '",
  '"; exit 9; "',
  'größer ✓ 😀',
];

describe('withParameters', () => {
  let bin: string;

  beforeAll(() => {
    bin = mkdtempSync(join(tmpdir(), 'parameters-'));
    const show = join(bin, 'show');
    writeFileSync(show, `#!/bin/sh\nprintf '%s\\0' "$@"\n`);
    chmodSync(show, 0o755);
  });

  afterAll(() => rmSync(bin, { recursive: true }));

  /** What the program `show` is given, by each way that Ray has. */
  function argumentsOf(command: string): readonly string[][] {
    const words = submitted(renderEntrypoint(command));
    const path = `${bin}${delimiter}${process.env.PATH}`;
    return [joinedForWindows, joinedForPosix].map(joined =>
      run('sh', joined(words), path).stdout.split('\0').slice(0, -1),
    );
  }

  it.each(NASTY)('hands %j to the program as it is', value => {
    const command = withParameters('show train', { a: value, b: 1 });
    // Line ends of Windows are those of the form, not of a value.
    const text = value.replace(/\r\n?/g, '\n');
    const given = ['train', `--a=${text}`, '--b=1'];
    expect(argumentsOf(command)).toEqual([given, given]);
  });

  it('hands any mixture of them on', () => {
    for (let i = 0; i < NASTY.length; i += 1) {
      const value = [0, 7, 11]
        .map(step => NASTY[(i + step) % NASTY.length])
        .join('');
      const command = withParameters('show', { a: value });
      const text = value.replace(/\r\n?/g, '\n');
      expect(argumentsOf(command)).toEqual([[`--a=${text}`], [`--a=${text}`]]);
    }
  }, 30_000);

  it.each(['a b', '-rf', '', 'a=b', 'a;b', '1st', 'ä', 'a\n'])(
    'takes no parameter that is named %j',
    name => {
      expect(() => withParameters('x', { [name]: '1' })).toThrow(
        "can't name a parameter",
      );
    },
  );

  it('leaves any entrypoint alone that gets no parameters', () => {
    expect(withParameters('a && b # c', {})).toBe('a && b # c');
  });
});
