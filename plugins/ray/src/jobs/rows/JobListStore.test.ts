import type { JobStreamEvent } from '@ml-platform/backstage-plugin-ray-common';
import {
  encodeCursor,
  jobPosition,
  parseJobOrder,
  type JobSummary,
} from '@ml-platform/rayjob';
import { aJob, aList } from '../../__testUtils__/jobs';
import { JobListStore } from './JobListStore';

const at = (minute: number) =>
  `2025-12-01T12:${String(minute).padStart(2, '0')}:00Z`;
const job = (name: string, minute: number, change: Partial<JobSummary> = {}) =>
  aJob({ name, createdAt: at(minute), ...change });

const NEWEST = parseJobOrder('-createdAt');
const NOW = Date.parse(at(59));
const after = (last: JobSummary, order = NEWEST) =>
  encodeCursor({ ...jobPosition(last, order, NOW), now: NOW }, order);

const shown = (store: JobListStore) =>
  Array.from({ length: store.rows.size }, (_, i) => store.rows.at(i));
const names = (store: JobListStore) =>
  shown(store).map(row => `${row?.job.name}${row?.gone ? ' (gone)' : ''}`);

const upsert = (data: JobSummary): JobStreamEvent => ({
  event: 'upsert',
  data,
});
const remove = (data: JobSummary): JobStreamEvent => ({
  event: 'remove',
  data,
});
const snapshot = (...args: Parameters<typeof aList>): JobStreamEvent => ({
  event: 'snapshot',
  data: aList(...args),
});

describe('JobListStore', () => {
  const a = job('a', 1);
  const b = job('b', 2);
  let store: JobListStore;
  const apply = (...events: readonly JobStreamEvent[]) =>
    store.apply(events, NOW);

  beforeEach(() => {
    store = new JobListStore(NEWEST);
    apply(snapshot([b, a]));
  });

  it('starts with the snapshot', () => {
    expect(names(store)).toEqual(['b', 'a']);
    expect(store.facts).toMatchObject({ loaded: true, total: 2, missing: 0 });
  });

  it('inserts a new job in order, and removes one', () => {
    apply(upsert(job('c', 3)), upsert(job('d', 0)));
    expect(names(store)).toEqual(['c', 'b', 'a', 'd']);
    apply(remove(b));
    expect(names(store)).toEqual(['c', 'a', 'd']);
  });

  it('changes one row and keeps the objects of the others', () => {
    const changed = { ...a, state: 'failed' as const };
    apply(upsert(changed));
    expect(store.rows.at(0)?.job).toBe(b);
    expect(store.rows.at(1)?.job).toBe(changed);
    expect(store.changed).toEqual([changed]);
  });

  it('takes the counts of the server', () => {
    apply({ event: 'counts', data: { total: 9, states: { running: 7 } } });
    expect(store.facts).toMatchObject({ total: 9, states: { running: 7 } });
  });

  it('keeps the objects of rows that a second snapshot repeats, and no others', () => {
    apply(snapshot([{ ...b }, job('c', 0)]));
    expect(store.rows.at(0)?.job).toBe(b);
    expect(names(store)).toEqual(['b', 'c']);
  });

  it('keeps the rows of an earlier request unchanged until the snapshot arrives', () => {
    const order = parseJobOrder('name');
    store.ask(order);
    expect(store.facts).toMatchObject({ outdated: true });
    apply(upsert(job('c', 3)), remove(a));
    expect(names(store)).toEqual(['b', 'a']);
    apply(snapshot([a]), upsert(job('c', 3)));
    expect(names(store)).toEqual(['a', 'c']);
    expect(store.facts.outdated).toBe(false);
  });

  it('removes everything that the user may no longer see', () => {
    store.hold(true);
    store.forget();
    expect(names(store)).toEqual([]);
    expect(store.facts.loaded).toBe(false);
  });

  it('keeps a new run when an earlier run with the same name is removed', () => {
    const again = { ...b, uid: 'another' };
    apply(upsert(again), remove(b));
    expect(shown(store).map(row => row?.job)).toEqual([again, a]);
  });

  it('knows names that are in several places', () => {
    expect(store.repeats('a')).toBe(false);
    const other = { ...a, namespace: 'other', uid: 'other' };
    apply(upsert(other));
    expect(store.repeats('a')).toBe(true);
    apply(remove(other));
    expect(store.repeats('a')).toBe(false);
  });

  it('keeps the order by duration of the time when it was requested', () => {
    const order = parseJobOrder('-duration');
    const runs = job('runs', 1, { startedAt: at(50) });
    const ended = job('ended', 1, { startedAt: at(30), endedAt: at(40) });
    store.ask(order);
    // By the clock of the server, whatever the browser's says.
    store.apply(
      [snapshot([ended, runs], { nextCursor: after(runs, order) })],
      NOW + 3_600_000,
    );
    apply(upsert({ ...runs, message: 'goes on' }));
    expect(names(store)).toEqual(['ended', 'runs']);
  });

  describe('with more jobs than rows', () => {
    const [d, c] = [job('d', 9), job('c', 8)];

    beforeEach(() => {
      store.ask(NEWEST);
      apply(snapshot([d, c], { total: 4, nextCursor: after(c) }));
    });

    it('skips a job that belongs below the rows, also one that moves there', () => {
      apply(upsert(job('old', 1)));
      expect(names(store)).toEqual(['d', 'c']);
      apply(upsert({ ...d, createdAt: at(0) }));
      expect(names(store)).toEqual(['c']);
      apply(upsert(job('new', 10)));
      expect(names(store)).toEqual(['new', 'c']);
    });

    it('appends pages until the last', () => {
      store.addPage(aList([b], { nextCursor: after(b) }), store.expectPage());
      expect(names(store)).toEqual(['d', 'c', 'b']);
      expect(store.facts.cursor).toBe(after(b));
      store.addPage(aList([a]), store.expectPage());
      expect(names(store)).toEqual(['d', 'c', 'b', 'a']);
      expect(store.facts.cursor).toBeUndefined();
      apply(upsert(job('old', 0)));
      expect(names(store)).toEqual(['d', 'c', 'b', 'a', 'old']);
    });

    it('knows what happened while a page was on its way', () => {
      const page = store.expectPage();
      const failed = { ...b, state: 'failed' as const };
      apply(upsert(failed), remove(a), upsert(job('old', 0)));
      store.addPage(aList([b, a, job('x', 0)]), page);
      expect(names(store)).toEqual(['d', 'c', 'b', 'x', 'old']);
      expect(store.rows.at(2)?.job).toBe(failed);
    });

    it('keeps the row of a job that is on the page too', () => {
      const moved = { ...b, createdAt: at(20) };
      const page = store.expectPage();
      apply(upsert(moved));
      store.addPage(aList([b, a]), page);
      expect(shown(store).map(row => row?.job)).toEqual([moved, d, c, a]);
    });

    it('takes no page of a list that began anew meanwhile', () => {
      const page = store.expectPage();
      apply(snapshot([d], { total: 4, nextCursor: after(d) }));
      store.addPage(aList([b, a]), page);
      expect(names(store)).toEqual(['d']);
      store.addPage(aList([c, b, a]), store.expectPage());
      expect(names(store)).toEqual(['d', 'c', 'b', 'a']);
    });

    it('asks for as many rows as there were when it begins anew', () => {
      store.addPage(aList([b, a]), store.expectPage());
      apply(snapshot([d], { total: 4, nextCursor: after(d) }));
      expect(store.facts.missing).toBe(3);
      store.addPage(
        aList([c, b], { nextCursor: after(b) }),
        store.expectPage(),
      );
      expect(store.facts.missing).toBe(1);
    });
  });

  describe('while the rows are held', () => {
    beforeEach(() => store.hold(true));

    it('changes rows where they are, and lets nothing else move them', () => {
      const failed = { ...a, state: 'failed' as const };
      apply(upsert(failed), upsert(job('c', 3)), remove(b));
      expect(names(store)).toEqual(['b (gone)', 'a']);
      expect(store.rows.at(1)?.job).toBe(failed);
      expect(store.rows.waiting).toBe(2);
      store.hold(false);
      expect(names(store)).toEqual(['c', 'a']);
      expect(store.rows.waiting).toBe(0);
    });

    it('shows what waits on request, and holds the rows again', () => {
      apply(upsert(job('c', 3)));
      store.showWaiting();
      expect(names(store)).toEqual(['c', 'b', 'a']);
      apply(upsert(job('d', 4)));
      expect(names(store)).toEqual(['c', 'b', 'a']);
      expect(store.rows.waiting).toBe(1);
    });

    it('forgets what came and went unseen', () => {
      apply(upsert(job('c', 3)), remove(job('c', 3)));
      expect(store.rows.waiting).toBe(0);
    });

    it('keeps the places when the list begins anew, and fills them again', () => {
      const e = job('e', 5);
      apply(snapshot([e, b], { total: 3, nextCursor: after(b) }));
      expect(names(store)).toEqual(['b', 'a (gone)']);
      expect(store.rows.waiting).toBe(1);
      store.addPage(aList([a, job('z', 0)]), store.expectPage());
      expect(names(store)).toEqual(['b', 'a', 'z']);
    });

    it('holds the rows of another request in their own places', () => {
      store.ask(parseJobOrder('name'));
      apply(snapshot([a, b]), upsert(job('A', 3)));
      expect(names(store)).toEqual(['a', 'b']);
      expect(store.rows.waiting).toBe(1);
    });
  });
});

describe('a long list', () => {
  it('takes a change without a look at each row', () => {
    const jobs = Array.from({ length: 10_000 }, (_, i) =>
      aJob({
        name: `job-${i}`,
        createdAt: new Date(1.7e12 - i * 1_000).toISOString(),
      }),
    );
    const store = new JobListStore(NEWEST);
    store.apply([snapshot(jobs)], NOW);
    const begin = performance.now();
    for (let i = 0; i < 10_000; i += 1) {
      store.apply([upsert({ ...jobs[i], message: 'again' })], NOW);
    }
    // A look at each row for each change took more than a minute.
    expect(performance.now() - begin).toBeLessThan(2_000);
    expect(store.rows.size).toBe(10_000);
  });
});
