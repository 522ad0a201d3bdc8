import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { environmentFetch } from './environmentFetch';

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('environmentFetch', () => {
  const tunnels: string[] = [];
  const origin = createServer((request, response) => {
    request.pipe(response);
  });
  const proxy = createServer().on('connect', (request, near) => {
    tunnels.push(`${request.url}`);
    const [, port] = `${request.url}`.split(':');
    const far = connect(Number(port), '127.0.0.1', () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      near.pipe(far).pipe(near);
    });
  });
  let url: string;
  let proxyUrl: string;

  beforeAll(async () => {
    const { port } = new URL(await listen(origin));
    // This machine itself is never asked by a proxy.
    url = `http://portal.test:${port}`;
    proxyUrl = await listen(proxy);
  });

  beforeEach(() => {
    tunnels.length = 0;
  });

  afterAll(() => {
    origin.closeAllConnections();
    origin.close();
    proxy.close();
  });

  async function echo(environment: Record<string, string>): Promise<string> {
    const way = environmentFetch(environment);
    const answer = await way.send(
      new Request(url, { method: 'POST', body: 'hello' }),
    );
    const text = await answer.text();
    way.close();
    return text;
  }

  it.each(['HTTP_PROXY', 'http_proxy'])('goes by %s', async name => {
    await expect(echo({ [name]: proxyUrl })).resolves.toBe('hello');
    expect(tunnels).toEqual([new URL(url).host]);
  });

  it('goes straight where no proxy is named, or not for this host', async () => {
    url = url.replace('portal.test', 'localhost');
    await expect(echo({})).resolves.toBe('hello');
    await expect(echo({ HTTP_PROXY: proxyUrl })).resolves.toBe('hello');
    url = url.replace('localhost', '[::ffff:127.0.0.1]');
    const environment = { HTTP_PROXY: proxyUrl, NO_PROXY: '::ffff:127.0.0.1' };
    await expect(echo(environment)).resolves.toBe('hello');
    expect(tunnels).toEqual([]);
  });
});
