import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import appPlugin from '@backstage/plugin-app-backend';
import authPlugin from '@backstage/plugin-auth-backend';
import guestProvider from '@backstage/plugin-auth-backend-module-guest-provider';
import userSettingsPlugin from '@backstage/plugin-user-settings-backend';
import { freePort } from '@ml-platform/kube/testUtils';
import rayPlugin from '../../plugins/ray-backend/src';

/**
 * The portal's pages and the Ray backend, for one cluster. Other plugins have no backend
 * here: the list of jobs needs none of them.
 */
export async function startListPortal(clusterUrl: string) {
  // Guests are for development.
  process.env.NODE_ENV = 'development';
  const port = await freePort();
  const baseUrl = `http://localhost:${port}`;
  const backend = createBackend();
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        app: { title: 'ml-platform', baseUrl, packages: 'all' },
        backend: {
          baseUrl,
          listen: { host: '127.0.0.1', port },
          database: { client: 'better-sqlite3', connection: ':memory:' },
        },
        auth: {
          environment: 'development',
          providers: { guest: { userEntityRef: 'user:default/person-7' } },
        },
        permission: { enabled: false },
        kubernetes: {
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: [
                {
                  name: 'bench',
                  url: clusterUrl,
                  authProvider: 'serviceAccount',
                  serviceAccountToken: 'secret',
                },
              ],
            },
          ],
        },
      },
    }),
  );
  backend.add(mockServices.rootLogger.factory({ level: 'error' }));
  [appPlugin, authPlugin, guestProvider, userSettingsPlugin, rayPlugin].forEach(
    feature => backend.add(feature),
  );
  await backend.start();
  return { baseUrl, stop: () => backend.stop() };
}
