import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { oidcSignIn } from './oidcSignIn';

type TestBackend = Awaited<ReturnType<typeof startTestBackend>>;

describe('oidcSignIn', () => {
  let provider: Server;
  let backend: TestBackend;
  let away = true;
  let asked = 0;

  beforeAll(async () => {
    provider = createServer((_request, response) => {
      asked += 1;
      const { port } = provider.address() as AddressInfo;
      const issuer = `http://127.0.0.1:${port}`;
      response.writeHead(away ? 503 : 200, {
        'content-type': 'application/json',
      });
      response.end(
        JSON.stringify({
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
        }),
      );
    });
    await new Promise<void>(resolve => {
      provider.listen(0, '127.0.0.1', resolve);
    });
    const { port } = provider.address() as AddressInfo;
    backend = await startTestBackend({
      features: [
        authPlugin,
        oidcSignIn,
        catalogServiceMock.factory(),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            auth: {
              environment: 'production',
              session: { secret: 'of the test' },
              providers: {
                oidc: {
                  production: {
                    metadataUrl: `http://127.0.0.1:${port}/.well-known/openid-configuration`,
                    clientId: 'portal',
                    clientSecret: 'of the test',
                  },
                },
              },
            },
          },
        }),
      ],
    });
  });

  afterAll(async () => {
    await backend?.stop();
    await new Promise(resolve => {
      provider.close(resolve);
    });
  });

  const start = () =>
    fetch(
      `http://localhost:${backend.server.port()}/api/auth/oidc/start?env=production&scope=openid`,
      { redirect: 'manual' },
    );

  it('lets people sign in once the provider is back, and then asks it no more', async () => {
    const refused = await start();
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain(
      "Couldn't reach the identity provider. Try again in a moment.",
    );

    away = false;
    const begun = await start();
    expect(begun.status).toBe(302);
    expect(begun.headers.get('location')).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/authorize\?client_id=portal&/,
    );

    const before = asked;
    expect((await start()).status).toBe(302);
    expect(asked).toBe(before);
  });
});
