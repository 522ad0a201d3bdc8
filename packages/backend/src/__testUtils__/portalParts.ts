import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';

/** As the cluster's API names the jobs. */
export const RAYJOBS = {
  group: 'ray.io',
  version: 'v1',
  kind: 'RayJob',
  plural: 'rayjobs',
};

/** Databases of the kinds that a portal can have, as far as there is a server. */
export const portalDatabases = () =>
  TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_15'],
    // A database server is used where its address is in the environment.
    disableDocker: true,
  });

/** A database for the jobs, and one for the other plugin of a test. */
export async function twoDatabases(
  databases: TestDatabases,
  id: TestDatabaseId,
) {
  const [ray, other] = [await databases.init(id), await databases.init(id)];
  return createServiceFactory({
    service: coreServices.database,
    deps: { plugin: coreServices.pluginMetadata },
    factory: ({ plugin }) =>
      mockServices.database({ knex: plugin.getId() === 'ray' ? ray : other }),
  });
}

/** The configuration of a portal whose cluster `c` is at an address. */
export const portalConfig = (url: string, more: object = {}) =>
  mockServices.rootConfig.factory({
    data: {
      app: { baseUrl: 'https://portal.example.com' },
      kubernetes: {
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: [
              {
                name: 'c',
                url,
                authProvider: 'serviceAccount',
                serviceAccountToken: 'secret',
              },
            ],
          },
        ],
      },
      ...more,
    },
  });
