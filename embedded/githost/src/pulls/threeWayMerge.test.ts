import { threeWayMerge } from './threeWayMerge';

/** Files by path; the content stands for its sha. */
const files = (content: Record<string, string>) =>
  new Map(
    Object.entries(content).map(([path, sha]) => [
      path,
      { mode: '100644', sha },
    ]),
  );

const base = files({ same: '1', changed: '1', gone: '1' });

function merge(ours: Record<string, string>, theirs: Record<string, string>) {
  const { changes, conflicts } = threeWayMerge({
    base,
    ours: files(ours),
    theirs: files(theirs),
  });
  return {
    changes: Object.fromEntries(
      [...changes].map(([path, change]) => [
        path,
        change && 'sha' in change ? change.sha : change,
      ]),
    ),
    conflicts,
  };
}

const all = { same: '1', changed: '1', gone: '1' };

describe('threeWayMerge', () => {
  it.each([
    [
      'what only they changed',
      all,
      { same: '1', changed: '2', added: '3' },
      { changed: '2', added: '3', gone: null },
      [],
    ],
    [
      'what only we changed stays',
      { ...all, mine: '9', changed: '9' },
      all,
      {},
      [],
    ],
    [
      'the same change on both sides',
      { ...all, changed: '2' },
      { ...all, changed: '2' },
      {},
      [],
    ],
    [
      'different changes',
      { ...all, changed: '2' },
      { ...all, changed: '3' },
      {},
      ['changed'],
    ],
    [
      'both added it differently',
      { ...all, added: '2' },
      { ...all, added: '3' },
      {},
      ['added'],
    ],
    [
      'changed here, removed there',
      { ...all, gone: '2' },
      { same: '1', changed: '1' },
      {},
      ['gone'],
    ],
  ])('%s', (_name, ours, theirs, changes, conflicts) => {
    expect(merge(ours, theirs)).toEqual({ changes, conflicts });
  });
});
