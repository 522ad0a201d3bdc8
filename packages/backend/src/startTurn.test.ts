import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { takeStartTurn } from './startTurn';

describe('takeStartTurn', () => {
  const databases = TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_15'],
    // A database server is used where its address is in the environment.
    disableDocker: true,
  });

  const EXPECTED = {
    POSTGRES_15: { order: ['first ends', 'second'], waits: 1, freed: 1 },
    // Nobody shares it.
    SQLITE_3: { order: ['second', 'first ends'], waits: 0, freed: 0 },
  };
  const cases = databases
    .eachSupportedId()
    .map(([id]) => ({ id, ...EXPECTED[id as keyof typeof EXPECTED] }));

  it.each(cases)(
    'lets one backend start after another, on $id',
    async ({ id, order, waits }) => {
      const knex = await databases.init(id);
      const logger = mockServices.logger.mock();
      const happened: string[] = [];
      const end = await takeStartTurn(knex, logger);
      const second = takeStartTurn(knex, logger).then(done => {
        happened.push('second');
        return done;
      });
      await new Promise(resolve => setTimeout(resolve, 300));
      // As a migration of the catalog does, which waits for older transactions.
      await knex.schema.createTable('t', table => table.increments());
      const how = id === 'POSTGRES_15' ? 'concurrently' : '';
      await knex.raw(`create index ${how} t_id on t (id)`);
      happened.push('first ends');
      await end();
      await (
        await second
      )();
      expect(happened).toEqual(order);
      expect(logger.info).toHaveBeenCalledTimes(waits);
    },
  );

  it.each(cases)(
    'frees the lock of a migration whose backend was killed, on $id',
    async ({ id, freed }) => {
      const knex = await databases.init(id);
      const migrations = {
        migrationSource: {
          getMigrations: async () => ['1'],
          getMigrationName: (name: string) => name,
          getMigration: async () => ({
            up: (db: Knex) => db.schema.createTable('t', t => t.increments()),
            down: async () => {},
          }),
        },
      };
      await knex.migrate.currentVersion(migrations);
      await knex('knex_migrations_lock').update({ is_locked: 1 });
      await expect(knex.migrate.latest(migrations)).rejects.toThrow('locked');

      const logger = mockServices.logger.mock();
      const end = await takeStartTurn(knex, logger);
      await knex.migrate.latest(migrations).catch(() => {});
      await end();
      expect(await knex.schema.hasTable('t')).toBe(freed === 1);
      expect(logger.warn).toHaveBeenCalledTimes(freed);
    },
  );
});
