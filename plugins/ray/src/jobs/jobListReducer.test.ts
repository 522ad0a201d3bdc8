import type { JobStreamEvent } from '@ml-platform/backstage-plugin-ray-common';
import { parseJobOrder, type JobSummary } from '@ml-platform/rayjob';

import { aJob, aList } from '../__testUtils__/jobs';
import {
  EMPTY_LIST,
  jobListReducer,
  type JobListState,
} from './jobListReducer';

const at = (minute: number) =>
  `2025-12-01T12:${String(minute).padStart(2, '0')}:00Z`;
const job = (name: string, minute: number, change: Partial<JobSummary> = {}) =>
  aJob({ name, createdAt: at(minute), ...change });

function fold(
  events: readonly JobStreamEvent[],
  start: JobListState = EMPTY_LIST,
): JobListState {
  return jobListReducer(start, {
    type: 'events',
    events,
    order: parseJobOrder('-createdAt'),
    now: Date.parse(at(59)),
  });
}

const names = (state: JobListState) => state.rows.map(({ name }) => name);

describe('jobListReducer', () => {
  const a = job('a', 1);
  const b = job('b', 2);
  const loaded = fold([{ event: 'snapshot', data: aList([b, a]) }]);

  it('starts with the snapshot', () => {
    expect(names(loaded)).toEqual(['b', 'a']);
    expect(loaded).toMatchObject({ loaded: true, total: 2 });
  });

  it('puts a new job where the order wants it', () => {
    const state = fold([{ event: 'upsert', data: job('c', 3) }], loaded);
    expect(names(state)).toEqual(['c', 'b', 'a']);
    expect(state.total).toBe(3);
  });

  it('changes one row and leaves the others the objects they were', () => {
    const changed = { ...a, state: 'failed' as const };
    const state = fold([{ event: 'upsert', data: changed }], loaded);
    expect(names(state)).toEqual(['b', 'a']);
    expect(state.rows[0]).toBe(b);
    expect(state.rows[1]).toBe(changed);
    expect(state.total).toBe(2);
  });

  it('keeps the rows of a second snapshot that says the same', () => {
    const again = fold(
      [{ event: 'snapshot', data: aList([{ ...b }, { ...a }]) }],
      loaded,
    );
    expect(again.rows[0]).toBe(b);
  });

  it('lets go of rows that a second snapshot no longer has', () => {
    const again = fold(
      [{ event: 'snapshot', data: aList([job('c', 3), a]) }],
      loaded,
    );
    expect(names(again)).toEqual(['c', 'a']);
    expect(again).toMatchObject({ total: 2, outdated: false });
  });

  it('keeps the rows of an earlier question as they were until it is answered', () => {
    const asked = jobListReducer(loaded, { type: 'ask' });
    expect(asked).toMatchObject({ rows: loaded.rows, outdated: true });
    const changed = fold(
      [
        { event: 'upsert', data: job('c', 3) },
        { event: 'remove', data: a },
      ],
      asked,
    );
    expect(names(changed)).toEqual(['b', 'a']);
    const answered = fold(
      [
        { event: 'snapshot', data: aList([a]) },
        { event: 'upsert', data: job('c', 3) },
      ],
      changed,
    );
    expect(names(answered)).toEqual(['c', 'a']);
    expect(answered.outdated).toBe(false);
  });

  it('forgets what the reader may no longer see', () => {
    expect(jobListReducer(loaded, { type: 'forget' })).toBe(EMPTY_LIST);
  });

  it('keeps a run whose name an earlier run had, when that one goes', () => {
    const again = { ...b, uid: 'another' };
    const state = fold(
      [
        { event: 'upsert', data: again },
        { event: 'remove', data: b },
      ],
      loaded,
    );
    expect(state.rows).toEqual([again, a]);
  });

  it('takes a job away', () => {
    const state = fold([{ event: 'remove', data: b }], loaded);
    expect(names(state)).toEqual(['a']);
    expect(state.total).toBe(1);
  });

  it('takes up what is said of the clusters', () => {
    const state = fold(
      [{ event: 'clusters', data: [{ name: 'x', ok: false, error: 'gone' }] }],
      loaded,
    );
    expect(state.clusters).toEqual([{ name: 'x', ok: false, error: 'gone' }]);
    expect(state.rows).toBe(loaded.rows);
  });

  describe('with more jobs than rows', () => {
    const part = fold([
      {
        event: 'snapshot',
        data: aList([job('d', 9), job('c', 8)], { total: 9, nextCursor: 'n' }),
      },
    ]);

    it('leaves out a job that belongs below, and doubts its total', () => {
      const state = fold([{ event: 'upsert', data: job('old', 1) }], part);
      expect(names(state)).toEqual(['d', 'c']);
      expect(state).toMatchObject({ total: 9, totalStale: true });
      expect(jobListReducer(state, { type: 'total', total: 10 })).toMatchObject(
        { total: 10, totalStale: false },
      );
    });

    it('shows a job that belongs among the rows', () => {
      const state = fold([{ event: 'upsert', data: job('new', 10) }], part);
      expect(names(state)).toEqual(['new', 'd', 'c']);
    });
  });
});
