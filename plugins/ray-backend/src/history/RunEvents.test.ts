import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { HistoryStore } from './HistoryStore';
import type { RunEvent, RunId } from './RunEvents';

const REF = { cluster: 'c', namespace: 'training', name: 'j' };
const RUN: RunId = { id: 'c/training/j', uid: 'first' };
const OTHER: RunId = { ...RUN, uid: 'second' };

/** An event that was last seen some seconds after the hour. */
function anEvent(key: string, second: number, count = 1): RunEvent {
  const at = Date.parse('2026-11-30T12:00:00Z') + second * 1_000;
  const lastSeen = new Date(at).toISOString();
  return {
    key,
    event: {
      type: 'Normal',
      reason: key,
      message: 'm',
      count,
      firstSeen: '2026-11-30T12:00:00Z',
      lastSeen,
      object: { kind: 'Pod', name: 'p' },
    },
  };
}

const of = (run: RunId, ...events: readonly RunEvent[]) =>
  events.map(event => ({ ...run, ...event }));

describe('RunEvents', () => {
  const databases = TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_15'],
    // A database server is used where its address is in the environment.
    disableDocker: true,
  });

  describe.each(databases.eachSupportedId())('on %s', id => {
    let store: HistoryStore;
    beforeEach(async () => {
      const knex = await databases.init(id);
      store = await HistoryStore.create(mockServices.database({ knex }));
    }, 60_000);

    it('keeps an event once, as it was last seen', async () => {
      const { events } = store;
      await events.save(of(RUN, anEvent('b', 2), anEvent('a', 1)));
      await events.save(of(RUN, anEvent('a', 9, 7)));
      // A backend that is behind, or writes again what it could not write.
      await events.save(of(RUN, anEvent('a', 5, 4), anEvent('b', 2)));
      const { items, olderLeftOut } = await events.of(RUN);
      expect(items.map(({ reason, count }) => [reason, count])).toEqual([
        ['b', 1],
        ['a', 7],
      ]);
      expect(olderLeftOut).toBeUndefined();
      expect(await events.of(OTHER)).toEqual({ items: [] });
    });

    it('keeps the last of a run, and says that there were more', async () => {
      const { events } = store;
      const many = Array.from({ length: 450 }, (_, i) =>
        anEvent(`e${i}`, i + 1),
      );
      await events.save([
        ...of(RUN, ...many.slice(0, 200)),
        ...of(OTHER, ...many.slice(0, 3)),
      ]);
      expect(await events.of(RUN)).not.toHaveProperty('olderLeftOut');
      await events.save(of(RUN, ...many.slice(200)));
      // What Kubernetes still has is told again after a restart.
      await events.save(of(RUN, ...many));
      const { items, olderLeftOut } = await events.of(RUN);
      expect(olderLeftOut).toBe(true);
      expect(items.map(({ reason }) => reason)).toEqual(
        many.slice(250).map(({ key }) => key),
      );
      const rows = await store.client('ray_job_events').select('event');
      expect(rows).toHaveLength(201 + 3);
    });

    it('forgets events with their run', async () => {
      const { events } = store;
      await events.save([
        ...of(RUN, anEvent('a', 1)),
        ...of(OTHER, anEvent('b', 1)),
      ]);
      await store.earlierRuns.delete({ ...REF, uid: RUN.uid });
      expect(await events.of(RUN)).toEqual({ items: [] });
      expect((await events.of(OTHER)).items).toHaveLength(1);
      await store.delete(REF);
      expect(await events.of(OTHER)).toEqual({ items: [] });
    });
  });
});
