import { readYaml, readYamlDocuments } from './readYaml';

// Each answer is that of sigs.k8s.io/yaml 1.6, which kubectl, Argo CD and
// KubeRay read with.
describe("readYaml, as Kubernetes' tools read", () => {
  it.each<[string, unknown]>([
    ['yes', true],
    ['On', true],
    ['y', true],
    ['no', false],
    ['OFF', false],
    ['N', false],
    ['yEs', 'yEs'],
    ['1:30', '1:30'],
    ['190:20:30', '190:20:30'],
    ['2026-01-01', '2026-01-01'],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['012', 10],
    ['0o12', 10],
    ['08', 8],
    ['0o8', '0o8'],
    ['0b11', 3],
    ['0X1F', 31],
    ['-0x10', -16],
    ['1_000', 1000],
    ['_1', '_1'],
    ['+1', 1],
    ['1.', 1],
    ['-.5', -0.5],
    ['1e3', 1000],
    ['e5', 'e5'],
    ['1e', '1e'],
    ['1.0.0', '1.0.0'],
    ['~', null],
    ['Null', null],
    ['', null],
    ['=', '='],
    ['<<', '<<'],
    ['"yes"', 'yes'],
    ['!!str 12', '12'],
    ['!!int "3"', 3],
    ['!!binary aGk=', 'hi'],
    ['!own word', 'word'],
    ['!!set {x}', { x: null }],
  ])('reads %s', (text, expected) => {
    expect(readYaml(`a: ${text}`)).toEqual({ a: expected });
  });

  it.each<[string, unknown]>([
    ['on: 1\n1.50: 2\n0x10: 3', { true: 1, 1.5: 2, 16: 3 }],
    ['b: &b {a: 2, c: 3}\nx: {<<: *b, a: 1}', { a: 1, c: 3 }],
    ['b: &b {a: 2, c: 3}\nx: {a: 1, <<: *b}', { a: 2, c: 3 }],
    ['x: {<<: [{a: 1}, {a: 2, b: 3}]}', { a: 1, b: 3 }],
    ['b: &b {a: 1}\nx: {<<: *b, <<: {c: 2}}', { a: 1, c: 2 }],
    ['a: &a {<<: {d: 1}, e: 2}\nx: {<<: *a}', { d: 1, e: 2 }],
    ['x: {"<<": {a: 1}}', { '<<': { a: 1 } }],
    ['%YAML 1.2\n---\nx: yes', true],
  ])('reads the keys of %j', (text, expected) => {
    const value = readYaml(text);
    expect(
      typeof value === 'object' && value !== null && 'x' in value
        ? value.x
        : value,
    ).toEqual(expected);
  });

  it('reads a pod whose resources are merged from an anchor', () => {
    expect(
      readYaml(
        [
          'head: {resources: &size {limits: &amounts {cpu: "1"}, requests: *amounts}}',
          'worker:',
          '  resources:',
          '    <<: *size',
        ].join('\n'),
      ),
    ).toMatchObject({
      worker: { resources: { limits: { cpu: '1' }, requests: { cpu: '1' } } },
    });
  });

  it('shares nothing between aliases', () => {
    const read = readYaml('a: &a [1]\nb: *a') as { a: number[]; b: number[] };
    read.a.push(2);
    expect(read.b).toEqual([1]);
  });

  it('keeps a key that is special in JavaScript a key', () => {
    const read = readYaml(
      '__proto__: {polluted: yes}\nb: &b {<<: {__proto__: 1}}',
    );
    expect(Object.keys(read as object)).toEqual(['__proto__', 'b']);
    expect(read).not.toHaveProperty('polluted');
  });

  const laughs = [
    'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
    ...[1, 2, 3, 4, 5, 6, 7, 8].map(
      level => `a${level}: &a${level} [${Array(10).fill(`*a${level - 1}`)}]`,
    ),
  ].join('\n');

  it.each<[string, string, string]>([
    ['a key twice', 'a: 1\na: 2', 'Map keys must be unique'],
    ['a key twice in two forms', '1: a\n"1": b', 'Map keys must be unique'],
    ['a bomb of aliases', laughs, 'aliases make it too large'],
    ['an anchor in itself', 'a: &a [*a]', 'an anchor contains itself'],
    ['deep nesting', '['.repeat(100_000), 'nested too deeply'],
    ['an alias of nothing', 'a: *b', 'Unresolved alias'],
    ['a merge of no mapping', 'a: {<<: 1}', '<< takes a mapping'],
    ['a number without an end', 'a: .inf', 'infinite'],
    ['what is no YAML', 'a: [', "Couldn't read the YAML"],
    ['two documents', 'a: 1\n---\nb: 2', 'holds 2 documents'],
  ])('refuses %s', (_, text, message) => {
    expect(() => readYaml(text)).toThrow(message);
    expect(() => readYaml(text)).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });

  it('reads many aliases of one anchor', () => {
    const text = `a: &a {b: 1}\nc: [${Array(5_000).fill('*a')}]`;
    expect(readYaml(text)).toMatchObject({ c: { length: 5_000 } });
  });

  it('reads several documents, of which some are empty', () => {
    expect(readYamlDocuments('---\na: 1\n---\n---\nb: 2\n')).toEqual([
      { a: 1 },
      null,
      { b: 2 },
    ]);
    expect(readYaml('')).toBeNull();
  });
});
