import { directoryFilter } from './directoryFilter';
import { parseManifests } from './parseManifests';
import { repositoryName } from './RepoReader';

describe('directoryFilter', () => {
  const paths = [
    'a.yaml',
    'README.md',
    'sub/b.yml',
    'sub/c.json',
    'sub/deep/d.yaml',
  ];

  it.each([
    [{ recurse: false }, ['a.yaml']],
    [
      { recurse: true },
      ['a.yaml', 'sub/b.yml', 'sub/c.json', 'sub/deep/d.yaml'],
    ],
    [{ recurse: true, include: '*.yaml' }, ['a.yaml', 'sub/deep/d.yaml']],
    [{ recurse: true, include: '{a.yaml,sub/?.yml}' }, ['a.yaml', 'sub/b.yml']],
    [{ recurse: true, exclude: 'sub/*' }, ['a.yaml']],
  ])('%j', (rules, expected) => {
    expect(paths.filter(directoryFilter(rules))).toEqual(expected);
  });
});

describe('parseManifests', () => {
  it('reads many documents and lists', () => {
    const { manifests, problems } = parseManifests([
      {
        path: 'a.yaml',
        content: [
          '# a comment alone',
          'apiVersion: v1\nkind: Namespace\nmetadata: {name: one}',
          '',
          'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Namespace, metadata: {name: two}}',
        ].join('\n---\n'),
      },
    ]);
    expect(problems).toEqual([]);
    expect(manifests.map(({ metadata }) => metadata.name)).toEqual([
      'one',
      'two',
    ]);
  });

  it('names the file and what is wrong with it', () => {
    const { manifests, problems } = parseManifests([
      { path: 'bad.yaml', content: 'kind: [' },
      {
        path: 'nameless.yaml',
        content: 'apiVersion: v1\nkind: Namespace\nmetadata: {}',
      },
      {
        path: 'good.json',
        content:
          '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"ok"}}',
      },
    ]);
    expect(manifests).toHaveLength(1);
    expect(problems).toEqual([
      expect.stringMatching(
        /^bad\.yaml: Couldn't read the YAML: Flow sequence/,
      ),
      'nameless.yaml: metadata.name: Required',
    ]);
  });
});

describe('repositoryName', () => {
  it.each([
    ['https://github.com/ml-platform/ml-platform', 'ml-platform/ml-platform'],
    [
      'https://github.com/ml-platform/ml-platform.git',
      'ml-platform/ml-platform',
    ],
    [
      'http://localhost:7008/ml-platform/ml-platform/',
      'ml-platform/ml-platform',
    ],
    ['git@github.com:ml-platform/ml.platform.git', 'ml-platform/ml.platform'],
    ['nonsense', undefined],
  ])('%s', (url, name) => {
    expect(repositoryName(url)).toBe(name);
  });
});
