import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerOf, createPortalApi } from './portalApi';
import type { PortalCredentials } from './PortalCredentials';
import { PortalServer } from './PortalServer';

describe('the client of the API', () => {
  let answer: RequestListener;
  const portal = createServer((request, response) => {
    answer(request, response);
  });

  beforeAll(async () => {
    portal.listen(0, '127.0.0.1');
    await once(portal, 'listening');
  });

  afterAll(() => {
    portal.closeAllConnections();
    portal.close();
  });

  function clusters(credentials: PortalCredentials) {
    const { port } = portal.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const server = new PortalServer({ url, environment: {} });
    return answerOf(createPortalApi({ server, credentials }).GET('/clusters'));
  }

  it('tries once more with another token', async () => {
    const seen: (string | undefined)[] = [];
    answer = ({ headers }, response) => {
      seen.push(headers.authorization);
      response.statusCode = headers.authorization === 'Bearer new' ? 200 : 401;
      response.setHeader('content-type', 'application/json').end('[]');
    };
    const tokens = (other: string): PortalCredentials => ({
      token: async ({ refused } = {}) => (refused ? other : 'old'),
    });
    await expect(clusters(tokens('new'))).resolves.toEqual([]);
    await expect(clusters(tokens('old'))).rejects.toMatchObject({
      name: 'AuthenticationError',
    });
    expect(seen).toEqual(['Bearer old', 'Bearer new', 'Bearer old']);
  });

  it('asks without a token where none is known', async () => {
    answer = ({ headers }, response) => {
      const known = JSON.stringify([headers.authorization ?? 'nobody']);
      response.setHeader('content-type', 'application/json').end(known);
    };
    await expect(clusters({ token: async () => undefined })).resolves.toEqual([
      'nobody',
    ]);
  });

  it('knows a page from an answer', async () => {
    answer = (_, response) => {
      response.setHeader('content-type', 'text/html').end('<html></html>');
    };
    await expect(
      clusters({ token: async () => 'token' }),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining("isn't the portal's API"),
    });
  });
});
