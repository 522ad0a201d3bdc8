import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { HistoryStore } from '../history/HistoryStore';
import { ArchiveClaims, LEASE } from './ArchiveClaims';

const KEY = {
  cluster: 'c',
  namespace: 'training',
  name: 'j',
  uid: 'u',
  attempt: 1,
};

describe('ArchiveClaims', () => {
  const databases = TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_15'],
    // A database server is used where its address is in the environment.
    disableDocker: true,
  });
  let now: Date;

  const pass = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };

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
      expect([...wins].sort()).toEqual(['ours', ...Array(4).fill('theirs')]);
      const winner = many[wins.indexOf('ours')];
      const other = claims();
      pass(LEASE - 1);
      await expect(winner.claim(KEY)).resolves.toBe('ours');
      pass(LEASE);
      await expect(winner.renew()).resolves.toEqual([KEY]);
      await expect(other.claim(KEY)).resolves.toBe('theirs');
      pass(LEASE + 1);
      await expect(other.claim(KEY)).resolves.toBe('ours');
      // The first one was not dead, but slow: it has nothing to say any more.
      await expect(winner.renew()).resolves.toEqual([]);
      await winner.finish(KEY, 'empty');
      await winner.release(KEY);
      await expect(winner.claim(KEY)).resolves.toBe('theirs');
      await other.finish(KEY, 'done');
      await expect(winner.claim(KEY)).resolves.toBe('settled');
    },
  );

  it.each(databases.eachSupportedId())(
    'lets another backend continue at once what is released, on %s',
    async id => {
      const claims = await open(id);
      const [first, second] = [claims(), claims()];
      await first.claim(KEY);
      await first.release(KEY);
      await expect(second.claim(KEY)).resolves.toBe('ours');
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
      await expect(claims.attempts(KEY)).resolves.toEqual([
        { attempt: 1, state: 'done' },
        { attempt: 2, state: 'done' },
        { attempt: 3, state: 'empty' },
      ]);
      await expect(claims.attempts({ ...KEY, uid: 'v' })).resolves.toEqual([]);
      await claims.forget({ ...KEY, attempt: 1 });
      await expect(claims.attempts(KEY)).resolves.toHaveLength(2);
      const later = new Date(now.getTime() + 1).toISOString();
      await expect(claims.before(later)).resolves.toHaveLength(2);
    },
  );
});
