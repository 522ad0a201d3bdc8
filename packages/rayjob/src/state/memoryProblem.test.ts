import { moreMemory } from './memoryProblem';

describe('moreMemory', () => {
  it.each([
    ['8Gi', '12Gi'],
    ['10Gi', '16Gi'],
    ['2Gi', '3Gi'],
    ['64Gi', '96Gi'],
    ['512Mi', '768Mi'],
    ['9016472Ki', '16Gi'],
    ['1.5Ti', '3Ti'],
    [2_000_000_000, '3Gi'],
    ['1', '1Mi'],
  ])('makes more of %s: %s', (little, more) => {
    expect(moreMemory(little)).toBe(more);
  });

  it.each([undefined, '', 'much', '0', '-2Gi'])('is none for %s', none => {
    expect(moreMemory(none)).toBeUndefined();
  });
});
