import { parse } from 'yaml';
import { manifestYaml } from './manifestYaml';

describe('manifestYaml', () => {
  it.each(['1.1', '1.2'] as const)('keeps text as text in YAML %s', version => {
    const values = [
      ...['yes', 'no', 'on', 'off', 'y', 'n', 'true', 'null', '~', ''],
      ...['1', '1.0', '1.0.0', '1e3', '012', '0o12', '0x1f', '1_000', '1:30'],
      ...['2026-01-01', '.inf', '+1', '<<', 'a: b', '# x', '- x', '{a', '"q"'],
      ...['two\nlines\n', ' padded ', 'tab\t', 'ünï ✓', 'x'.repeat(300)],
    ];
    expect(parse(manifestYaml({ values }), { version })).toEqual({ values });
  });

  it('writes out what occurs twice', () => {
    const env = [{ name: 'A', value: '1' }];
    expect(manifestYaml({ head: env, worker: env })).not.toMatch(/[&*]/);
  });
});
