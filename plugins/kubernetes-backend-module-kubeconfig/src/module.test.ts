import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import kubernetesModuleKubeconfig from './index';

describe('the module', () => {
  it("adds its provider beside Backstage's own", async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'kubeconfig-')), 'config');
    await writeFile(file, '{}');
    const backend = await startTestBackend({
      features: [
        kubernetesPlugin,
        kubernetesModuleKubeconfig,
        catalogServiceMock.factory(),
        mockServices.rootConfig.factory({
          data: {
            kubernetes: {
              serviceLocatorMethod: { type: 'multiTenant' },
              clusterLocatorMethods: [
                {
                  type: 'config',
                  clusters: [
                    {
                      name: 'by-token',
                      url: 'https://127.0.0.1:1',
                      authProvider: 'serviceAccount',
                      serviceAccountToken: 'secret',
                    },
                    {
                      name: 'by-kubeconfig',
                      url: 'https://127.0.0.1:2',
                      authMetadata: {
                        'kubernetes.io/auth-provider': 'kubeconfig',
                        'ml-platform.dev/kubeconfig': file,
                      },
                    },
                  ],
                },
              ],
            },
          },
        }),
      ],
    });
    const port = backend.server.port();
    const response = await fetch(
      `http://localhost:${port}/api/kubernetes/clusters`,
      { headers: { authorization: 'Bearer mock-user-token' } },
    );
    const text = await response.text();
    expect(JSON.parse(text).items).toEqual([
      expect.objectContaining({
        name: 'by-token',
        authProvider: 'serviceAccount',
      }),
      expect.objectContaining({
        name: 'by-kubeconfig',
        authProvider: 'kubeconfig',
      }),
    ]);
    expect(text).not.toContain(file);
    await backend.stop();
  });
});
