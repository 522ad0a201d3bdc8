import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PortalServer } from './PortalServer';

describe('PortalServer', () => {
  let url: string;
  const mute = createServer(() => {});

  beforeAll(async () => {
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    url = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    mute.closeAllConnections();
    mute.close();
  });

  it('says so when nothing answers in time', async () => {
    const server = new PortalServer({ url, environment: {}, timeoutMs: 50 });
    await expect(server.ask(new Request(`${url}/jobs`))).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: `The portal at ${url} didn't answer within 0.05 s`,
    });
  });

  it('says why it is not reached', async () => {
    const away = 'http://127.0.0.1:1';
    const server = new PortalServer({ url: `${away}/`, environment: {} });
    await expect(server.ask(new Request(away))).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(
        `^Couldn't reach the portal at ${away}: .+`,
      ),
    });
  });

  it.each(['portal', 'ftp://portal.example.com', ''])(
    'refuses the address %j',
    text => {
      expect(() => new PortalServer({ url: text })).toThrow(
        `'${text}' isn't the address of a portal`,
      );
    },
  );
});
