import { parse } from 'yaml';
import { readYaml } from './readYaml';
import { writeYaml } from './writeYaml';

const TEXTS = [
  ...['yes', 'no', 'on', 'off', 'y', 'n', 'true', 'null', '~', ''],
  ...['1', '1.0', '1.0.0', '1e3', '012', '0o12', '0x1f', '1_000', '1:30'],
  ...['0X1F', '0B11', '0O17', '08', '190:20:30', '1.', 'e5', '=', '@x', '`x'],
  ...['2026-01-01', '.inf', '+1', '<<', 'a: b', '# x', '- x', '{a', '"q"'],
  ...['two\nlines\n', ' padded ', 'tab\t', 'ünï ✓', 'x'.repeat(300), '\n', ' '],
  ...['a\u001b[31mb', 'a\u0085b', 'a\u2028b', 'a\u009bb', '\ufeffa', 'a\\b'],
  ...['  indented\nfirst', '\n\nlate', 'trailing \nspace', '%a', '---', '...'],
  ...['a\n \nb', `${'x'.repeat(60)}\u0001\n \nb`, `${'x'.repeat(60)}\n \n `],
];

describe('writeYaml', () => {
  it.each<[string, (text: string) => unknown]>([
    ["Kubernetes' reader", readYaml],
    ['YAML 1.1', text => parse(text, { version: '1.1' })],
    ['YAML 1.2', text => parse(text, { version: '1.2' })],
  ])('keeps text as text for %s', (_, read) => {
    const value = {
      values: TEXTS,
      keys: Object.fromEntries(TEXTS.map((text, index) => [text, index])),
    };
    expect(read(writeYaml(value))).toEqual(value);
  });

  it('keeps what is not text', () => {
    const value = { a: [1, -2.5, 1e21, true, false, null], b: {}, c: [] };
    expect(readYaml(writeYaml(value))).toEqual(value);
  });

  it('writes no character that Kubernetes refuses, or takes for a line break', () => {
    expect(writeYaml(TEXTS)).not.toMatch(/[\u007f-\u009f\u2028\u2029\ufeff]/);
    expect(writeYaml('a\ud800b')).toBe('a\ufffdb\n');
  });

  it('keeps the order of keys, and writes out what occurs twice', () => {
    const env = [{ name: 'A', value: '1' }];
    const text = writeYaml({ worker: env, head: env });
    expect(text).not.toMatch(/[&*]/);
    expect(text.indexOf('worker')).toBeLessThan(text.indexOf('head'));
  });
});
