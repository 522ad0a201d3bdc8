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

  it('inserts a new job in order', () => {
    const state = fold([{ event: 'upsert', data: job('c', 3) }], loaded);
    expect(names(state)).toEqual(['c', 'b', 'a']);
    expect(state.total).toBe(3);
  });

  it('changes one row and keeps the objects of the others', () => {
    const changed = { ...a, state: 'failed' as const };
    const state = fold([{ event: 'upsert', data: changed }], loaded);
    expect(names(state)).toEqual(['b', 'a']);
    expect(state.rows[0]).toBe(b);
    expect(state.rows[1]).toBe(changed);
    expect(state.total).toBe(2);
  });

  it('keeps the objects of rows that a second snapshot repeats', () => {
    const again = fold(
      [{ event: 'snapshot', data: aList([{ ...b }, { ...a }]) }],
      loaded,
    );
    expect(again.rows[0]).toBe(b);
  });

  it('removes rows that are missing from a second snapshot', () => {
    const again = fold(
      [{ event: 'snapshot', data: aList([job('c', 3), a]) }],
      loaded,
    );
    expect(names(again)).toEqual(['c', 'a']);
    expect(again).toMatchObject({ total: 2, outdated: false });
  });

  it('keeps the rows of an earlier request unchanged until the snapshot arrives', () => {
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

  it('removes everything that the user may no longer see', () => {
    expect(jobListReducer(loaded, { type: 'forget' })).toBe(EMPTY_LIST);
  });

  it('keeps a new run when an earlier run with the same name is removed', () => {
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

  it('removes a job', () => {
    const state = fold([{ event: 'remove', data: b }], loaded);
    expect(names(state)).toEqual(['a']);
    expect(state.total).toBe(1);
  });

  it('keeps the status of the clusters', () => {
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

    it('skips a job that belongs below the rows, and marks the total as stale', () => {
      const state = fold([{ event: 'upsert', data: job('old', 1) }], part);
      expect(names(state)).toEqual(['d', 'c']);
      expect(state).toMatchObject({ total: 9, totalStale: true });
      expect(jobListReducer(state, { type: 'total', total: 10 })).toMatchObject(
        { total: 10, totalStale: false },
      );
    });

    it('inserts a job that belongs between the rows', () => {
      const state = fold([{ event: 'upsert', data: job('new', 10) }], part);
      expect(names(state)).toEqual(['new', 'd', 'c']);
    });
  });
});
