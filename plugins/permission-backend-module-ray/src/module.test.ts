import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import permissionPlugin from '@backstage/plugin-permission-backend';
import permissionModuleRay from './index';

describe('the module', () => {
  it("decides for Backstage's permission plugin", async () => {
    const backend = await startTestBackend({
      features: [
        permissionPlugin,
        permissionModuleRay,
        mockServices.userInfo.mock({
          getUserInfo: async () => ({
            userEntityRef: 'user:default/ada',
            ownershipEntityRefs: ['group:default/ml'],
          }),
        }).factory,
        mockServices.rootConfig.factory({
          data: {
            permission: {
              enabled: true,
              roles: { engineer: ['group:default/ml'] },
            },
          },
        }),
      ],
    });
    const answer = await fetch(
      `http://localhost:${backend.server.port()}/api/permission/authorize`,
      {
        method: 'POST',
        headers: {
          authorization: mockCredentials.user.header('user:default/ada'),
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          items: ['ray.job.create', 'ray.cluster.scale', 'unheard.of'].map(
            (name, id) => ({
              id: `${id}`,
              permission: { type: 'basic', name, attributes: {} },
            }),
          ),
        }),
      },
    );
    const { items } = await answer.json();
    await backend.stop();
    expect(items).toEqual([
      { id: '0', result: 'ALLOW' },
      { id: '1', result: 'DENY' },
      { id: '2', result: 'DENY' },
    ]);
  });
});
