import { followsBranch, followsFile } from './followsFile';

const JOBS = { repoUrl: 'https://github.com/acme/jobs', branch: 'main' };
const FILE = 'gitops/clusters/w/jobs/training/a.yaml';

describe('which Application brings a job', () => {
  it.each([
    ['https://github.com/acme/jobs', true],
    ['https://github.com/Acme/Jobs.git', true],
    ['https://github.com/acme/jobs/', true],
    ['https://user@github.com/acme/jobs.git', true],
    ['git@github.com:acme/jobs.git', true],
    ['ssh://git@github.com/acme/jobs.git', true],
    ['ssh://git@github.com:22/acme/jobs', true],
    ['https://github.com/acme/jobs-old', false],
    ['https://example.com/acme/jobs', false],
    ['https://github.com/other/jobs', false],
    ['', false],
  ])('takes %s for the repository of the jobs: %s', (repoURL, expected) => {
    expect(followsBranch({ repoURL }, JOBS)).toBe(expected);
  });

  it.each([
    [undefined, true],
    ['HEAD', true],
    ['main', true],
    ['refs/heads/main', true],
    ['v1', false],
  ])(
    'takes the revision %s for their branch: %s',
    (targetRevision, expected) => {
      const source = { repoURL: JOBS.repoUrl, targetRevision };
      expect(followsBranch(source, JOBS)).toBe(expected);
    },
  );

  it.each([
    ['gitops/clusters/w/jobs/training', undefined, 31],
    ['./gitops/clusters/w/jobs/training/', undefined, 31],
    ['gitops/clusters/w/jobs', undefined, undefined],
    ['gitops/clusters/w/jobs', true, 22],
    ['gitops/clusters/w/jobs/train', true, undefined],
    ['/', true, 0],
    ['.', true, 0],
    ['.', undefined, undefined],
  ])(
    'follows the file through %s (recursive: %s): %s',
    (path, recurse, length) => {
      expect(followsFile({ path, directory: { recurse } }, FILE)).toBe(length);
    },
  );
});
