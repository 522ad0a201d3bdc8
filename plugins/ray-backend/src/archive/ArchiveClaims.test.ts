import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { HistoryStore } from '../history/HistoryStore';
import { ArchiveClaims } from './ArchiveClaims';

const KEY = {
  cluster: 'c',
  namespace: 'training',
  name: 'j',
  uid: 'u',
  attempt: 1,
};
const HOUR = 3_600_000;

describe('ArchiveClaims', () => {
  const databases = TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_15'],
    // A database server is used where its address is in the environment.
    disableDocker: true,
  });
  let now: Date;

  async function open(id: Parameters<typeof databases.init>[0]) {
    now = new Date('2026-11-23T22:00:00Z');
    const { client } = await HistoryStore.create(
      mockServices.database({ knex: await databases.init(id) }),
    );
    return () => new ArchiveClaims({ knex: client, clock: () => now });
  }

  it.each(databases.eachSupportedId())(
    'lets one of many backends archive a log, and another when it died, on %s',
    async id => {
      const claims = await open(id);
      const many = Array.from({ length: 5 }, claims);
      const wins = await Promise.all(many.map(one => one.claim(KEY)));
      expect(wins.sort()).toEqual(['ours', ...Array(4).fill('theirs')]);
      now = new Date(now.getTime() + HOUR);
      await expect(claims().claim(KEY)).resolves.toBe('ours');
      await claims().finish(KEY, 'done');
      await expect(claims().claim(KEY)).resolves.toBe('settled');
    },
  );

  it.each(databases.eachSupportedId())(
    'knows which attempts are archived, and forgets them one by one, on %s',
    async id => {
      const claims = (await open(id))();
      for (const attempt of [2, 1, 3]) {
        await claims.claim({ ...KEY, attempt });
      }
      await claims.finish({ ...KEY, attempt: 1 }, 'done');
      await claims.finish({ ...KEY, attempt: 2 }, 'done');
      await claims.finish({ ...KEY, attempt: 3 }, 'empty');
      await expect(claims.archived(KEY)).resolves.toEqual([1, 2]);
      await expect(claims.ofJob(KEY)).resolves.toHaveLength(3);
      await claims.release({ ...KEY, attempt: 1 });
      await expect(claims.archived(KEY)).resolves.toEqual([2]);
      const later = new Date(now.getTime() + 1).toISOString();
      await expect(claims.before(later)).resolves.toHaveLength(2);
    },
  );
});
