import { matchFolders } from './matchFolders';
import { renderTemplate } from './renderTemplate';

describe('matchFolders', () => {
  const folders = ['jobs', 'jobs/a', 'jobs/a/deep', 'jobs/b', 'other/a'];

  it.each([
    [[{ path: 'jobs/*', exclude: false }], ['jobs/a', 'jobs/b']],
    [
      [
        { path: 'jobs/*', exclude: false },
        { path: 'jobs/b', exclude: true },
      ],
      ['jobs/a'],
    ],
    [[{ path: '*/?', exclude: false }], ['jobs/a', 'jobs/b', 'other/a']],
    [[{ path: 'jobs.*', exclude: false }], []],
  ])('%j', (rules, expected) => {
    expect(matchFolders(folders, rules)).toEqual(expected);
  });
});

describe('renderTemplate', () => {
  it('puts the folder into every text', () => {
    expect(
      renderTemplate(
        {
          name: 'jobs-{{ .path.basename }}',
          list: ['{{.path.path}}', 3],
          nested: { prune: true },
        },
        'jobs/training',
      ),
    ).toEqual({
      name: 'jobs-training',
      list: ['jobs/training', 3],
      nested: { prune: true },
    });
  });

  it('refuses what it does not know', () => {
    expect(() => renderTemplate('{{ .values.other }}', 'jobs/a')).toThrow(
      'fills only .path.path and .path.basename',
    );
  });
});
