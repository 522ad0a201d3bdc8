import { setTimeout as delay } from 'node:timers/promises';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type LoggerService,
} from '@backstage/backend-plugin-api';
import { DatabaseManager } from '@backstage/backend-defaults/database';
import type { Knex } from 'knex';

/** Names the lock among all of a database: any number that nobody else uses. */
const LOCK = 7_007_000_001;

const isPostgres = (client: unknown) => client === 'pg';

/** Milliseconds between two tries. */
const RETRY = 1_000;

/**
 * Waits until no other backend starts on the same PostgreSQL database, then frees the
 * locks of migrations that a backend left behind when it was killed.
 *
 * @returns Lets the next backend start. The end of the process does so too.
 */
export async function takeStartTurn(
  knex: Knex,
  logger: LoggerService,
): Promise<() => Promise<void>> {
  const { client } = knex;
  if (!isPostgres(client.config.client)) {
    // SQLite serves one backend.
    return async () => {};
  }
  // The lock belongs to a connection, and not to a transaction: an index that a
  // migration makes concurrently would wait for that to end. So does a query that waits
  // for the lock, which is why it is asked for again and again.
  const connection = await client.acquireConnection();
  const ask = async (call: string) => {
    const { rows } = await knex
      .raw(`select ${call}(?) as done`, [LOCK])
      .connection(connection);
    return rows[0].done === true;
  };
  if (!(await ask('pg_try_advisory_lock'))) {
    logger.info('Another backend is starting; this one waits for its turn');
    do {
      await delay(RETRY);
    } while (!(await ask('pg_try_advisory_lock')));
  }
  await freeMigrations(knex, logger);
  return async () => {
    await ask('pg_advisory_unlock');
    await client.releaseConnection(connection);
  };
}

async function freeMigrations(
  knex: Knex,
  logger: LoggerService,
): Promise<void> {
  const tables = await knex('information_schema.tables')
    .select('table_schema', 'table_name')
    .where('table_name', 'like', '%knex\\_migrations\\_lock');
  for (const { table_schema: schema, table_name: table } of tables) {
    const freed = await knex(table)
      .withSchema(schema)
      .where({ is_locked: 1 })
      .update({ is_locked: 0 });
    if (freed > 0) {
      logger.warn(
        `A backend was killed while it migrated ${schema}; its lock is freed`,
      );
    }
  }
}

const startTurnRef = createServiceRef<{}>({
  id: 'portal.start-turn',
  scope: 'root',
});

/**
 * Lets backends on one database start one after another: knex refuses migrations that
 * another backend is at, and the backend that asked would end. Before any plugin, as all
 * of them migrate.
 */
export const startTurn = createServiceFactory({
  service: startTurnRef,
  initialization: 'always',
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.rootLifecycle,
    logger: coreServices.rootLogger,
  },
  async factory({ config, lifecycle, logger }) {
    if (isPostgres(config.getOptional('backend.database.client'))) {
      const database = DatabaseManager.fromConfig(config, {
        rootLifecycle: lifecycle,
        rootLogger: logger,
      });
      // Any plugin's: in production all are in one database.
      const knex = await database
        .forPlugin('app', { logger, lifecycle })
        .getClient();
      lifecycle.addStartupHook(await takeStartTurn(knex, logger));
    }
    return {};
  },
});
