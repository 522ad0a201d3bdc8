import { nextVersion, otherContent } from './versionRules';

describe('versions', () => {
  it.each([
    ['1.0.0', ['1.0.0'], '1.0.1'],
    ['1.0.0', ['1.0.0', '1.0.1', '1.0.2'], '1.0.3'],
    ['v9', ['v9'], 'v10'],
    ['2026-11-28-a', ['2026-11-28-a'], '2026-11-29-a'],
    ['dev', ['dev'], 'dev-2'],
    ['dev', ['dev', 'dev-2'], 'dev-3'],
  ])('after %s, beside %j, comes %s', (version, taken, next) => {
    expect(nextVersion(version, taken)).toBe(next);
  });

  it('are refused with a proposal', () => {
    expect(otherContent('r/a:1', 'sha256:x', 'published', '2').message).toBe(
      'r/a:1 was built before from other content (sha256:x…), and a version never changes: raise the version, for example to 2',
    );
  });
});
