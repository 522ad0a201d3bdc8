import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { knex, type Knex } from 'knex';

/**
 * A database in memory for each plugin, which ends with the backend. Backstage's
 * own leaves those of SQLite open, and with them a timer that keeps Jest's process
 * from ending.
 */
export const testDatabase = createServiceFactory({
  service: coreServices.database,
  deps: { rootLifecycle: coreServices.rootLifecycle },
  async createRootContext({ rootLifecycle }) {
    const clients: Knex[] = [];
    // Plugins have written their last by then.
    rootLifecycle.addShutdownHook(async () => {
      await Promise.all(clients.map(client => client.destroy()));
    });
    return clients;
  },
  async factory(_, clients) {
    const client = knex({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    clients.push(client);
    return mockServices.database({ knex: client });
  },
});
