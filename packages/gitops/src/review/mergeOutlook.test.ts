import type { MergeCheck } from './mergeCheck';
import { mergeOutlook, type MergeFacts } from './mergeOutlook';

const FACTS: MergeFacts = {
  base: 'main',
  mergeableState: 'blocked',
  draft: false,
  autoMerge: false,
  checks: [],
  approvedBy: [],
  changesRequestedBy: [],
  askedFor: [],
};
const check = (name: string, state: MergeCheck['state']) => ({ name, state });
const outlook = (change: Partial<MergeFacts>) =>
  mergeOutlook({ ...FACTS, ...change });

describe('what a pull request waits for', () => {
  it('is nothing when GitHub would merge it', () => {
    const ready = { mergeableState: 'clean' };
    expect(outlook(ready)).toEqual({
      state: 'ready',
      waitsFor: 'It can be merged.',
    });
    expect(outlook({ ...ready, autoMerge: true }).waitsFor).toBe(
      'GitHub merges it by itself.',
    );
    expect(outlook({ mergeableState: 'has_hooks' }).state).toBe('ready');
  });

  it('is nothing, but told, where a check or review is not required', () => {
    const unstable = { mergeableState: 'unstable' };
    expect(outlook({ ...unstable, checks: [check('lint', 'failed')] })).toEqual(
      {
        state: 'ready',
        waitsFor: 'It can be merged, although the check lint failed.',
      },
    );
    const running = [check('lint', 'running'), check('test', 'running')];
    expect(outlook({ ...unstable, checks: running }).waitsFor).toBe(
      'It can be merged, although the checks lint and test are still running.',
    );
    expect(
      outlook({ mergeableState: 'clean', changesRequestedBy: ['ada'] })
        .waitsFor,
    ).toBe('It can be merged, although ada asks for changes.');
  });

  it.each([
    [{ draft: true }, "It's a draft; mark it as ready for review."],
    [
      { mergeableState: 'dirty' },
      'It conflicts with main; bring its branch up to date.',
    ],
    [{ checks: [check('lint', 'failed')] }, 'The check lint failed.'],
    [
      { checks: ['a', 'b', 'c', 'd', 'e'].map(name => check(name, 'failed')) },
      'The checks a, b, c and 2 more failed.',
    ],
    [{ changesRequestedBy: ['ada', 'bob'] }, 'ada and bob ask for changes.'],
    [
      { mergeableState: 'behind' },
      'Its branch must be brought up to date with main first.',
    ],
  ])('is somebody who changes something: %j', (change, waitsFor) => {
    expect(outlook(change)).toEqual({ state: 'blocked', waitsFor });
  });

  it.each([
    [
      { checks: [check('lint', 'running')], askedFor: ['ada'] },
      'It waits for the check lint to finish.',
    ],
    [
      { checks: [check('lint', 'passed')], askedFor: ['ada', 'team ops'] },
      'It waits for a review by ada and team ops.',
    ],
    [
      {},
      "The rules of main don't allow the merge yet; an approval or a required check may be missing.",
    ],
  ])('is a check or a review: %j', (change, waitsFor) => {
    expect(outlook(change)).toEqual({ state: 'waiting', waitsFor });
  });

  it('is not known while GitHub finds out', () => {
    expect(outlook({ mergeableState: 'unknown' }).state).toBe('unknown');
  });
});
