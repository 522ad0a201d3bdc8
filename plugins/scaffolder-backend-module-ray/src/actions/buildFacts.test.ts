import { report } from './buildFacts';

const build = {
  id: 'a',
  state: 'succeeded',
  image: 'registry.test/a:1',
  reused: false,
} as const;

describe('the report on a build', () => {
  it.each([
    [{}, 'Built registry.test/a:1'],
    [
      {
        startedAt: '2026-01-02T03:04:05.000Z',
        endedAt: '2026-01-02T03:05:17.400Z',
        size: 1_572_864,
      },
      'Built registry.test/a:1 in 72 s, 1.5 MiB',
    ],
    [{ size: 1_572_864 }, 'Built registry.test/a:1, 1.5 MiB'],
    [
      { reused: true, size: 1_572_864 },
      'registry.test/a:1 was built before from the same content',
    ],
  ])('of %j', (facts, line) => {
    expect(report({ ...build, ...facts })).toBe(line);
  });
});
