import { createVerify, generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { GitHubAccess } from './GitHubAccess';

const access = GitHubAccess.fromConfig(
  new ConfigReader({
    integrations: {
      github: [
        {
          host: 'git.example.com',
          apiBaseUrl: 'https://git.example.com/api/v3',
          token: 'secret',
        },
      ],
    },
  }),
);

describe('GitHubAccess', () => {
  it('reaches a host with the credentials of its integration', async () => {
    await expect(
      access.connect('https://git.example.com/o/r'),
    ).resolves.toEqual({
      apiBaseUrl: 'https://git.example.com/api/v3',
      token: 'secret',
    });
    const { location } = await access.open(
      'https://git.example.com/o/r/tree/main/workloads/a',
    );
    expect(location).toMatchObject({ owner: 'o', path: 'workloads/a' });
  });

  it('names the host that has no integration', async () => {
    await expect(access.connect('https://gitlab.com/o/r')).rejects.toThrow(
      "https://gitlab.com isn't a GitHub host of this portal",
    );
  });

  describe('with a GitHub App', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    });
    let server: Server;
    let url: string;
    let requests: string[];
    let installations: object[];

    /** True for a token that the app signed with its private key. */
    function isOfApp(authorization = ''): boolean {
      const [head, claims, signature] = authorization
        .replace(/^bearer /i, '')
        .split('.');
      const { iss } = JSON.parse(
        Buffer.from(claims ?? '', 'base64url').toString() || '{}',
      );
      return (
        String(iss) === '42' &&
        createVerify('RSA-SHA256')
          .update(`${head}.${claims}`)
          .verify(publicKey, signature ?? '', 'base64url')
      );
    }

    beforeEach(async () => {
      requests = [];
      installations = [{ id: 7, account: { login: 'o' } }];
      // As much of GitHub's REST API as turns an app's key into a token of an installation.
      server = createServer((request, response) => {
        const line = `${request.method} ${request.url?.split('?')[0]}`;
        const { authorization } = request.headers;
        requests.push(line);
        const answer = (status: number, body: unknown) =>
          response
            .writeHead(status, { 'content-type': 'application/json' })
            .end(JSON.stringify(body));
        if (line === 'GET /repos/o/r') {
          const known = authorization === 'token of-installation-7';
          answer(known ? 200 : 401, { full_name: 'o/r' });
        } else if (!isOfApp(authorization)) {
          answer(401, { message: 'Bad credentials' });
        } else if (line === 'GET /app/installations') {
          answer(200, installations);
        } else {
          answer(201, {
            token: 'of-installation-7',
            expires_at: new Date(Date.now() + 3_600_000).toISOString(),
            repository_selection: 'all',
          });
        }
      });
      await new Promise<void>(resolve => server.listen(0, resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });

    afterEach(() => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(resolve));
    });

    const accessOfApp = () =>
      GitHubAccess.fromConfig(
        new ConfigReader({
          integrations: {
            github: [
              {
                host: new URL(url).host,
                apiBaseUrl: url,
                apps: [
                  {
                    appId: 42,
                    clientId: 'client',
                    clientSecret: 'secret',
                    webhookSecret: 'secret',
                    privateKey,
                  },
                ],
              },
            ],
          },
        }),
      );

    it("takes a token of the app's installation, once for as long as it lives", async () => {
      const app = accessOfApp();
      const connection = { apiBaseUrl: url, token: 'of-installation-7' };
      await expect(app.connect(`${url}/o/r`)).resolves.toEqual(connection);
      const { octokit } = await app.open(`${url}/o/r`);
      await expect(
        octokit.rest.repos.get({ owner: 'o', repo: 'r' }),
      ).resolves.toMatchObject({ data: { full_name: 'o/r' } });
      expect(requests).toEqual([
        'GET /app/installations',
        'POST /app/installations/7/access_tokens',
        'GET /repos/o/r',
      ]);
    });

    it('has no token for an owner who has not installed the app', async () => {
      installations = [];
      await expect(accessOfApp().connect(`${url}/o/r`)).resolves.toEqual({
        apiBaseUrl: url,
        token: undefined,
      });
    });
  });
});
