import { once } from 'node:events';
import { dump } from 'js-yaml';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import {
  connect as connectTcp,
  createServer as createTcp,
  type AddressInfo,
  type Server,
} from 'node:net';
import type { TLSSocket } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testCertificates } from '../__testUtils__/testCertificates';
import type { Environment } from '../Environment';
import { KubeClient } from '../http/KubeClient';
import * as libraries from '../libraries';
import { findKubeContext } from './findKubeContext';

const heavy: string[] = [];
jest.mock('../libraries', () => {
  const real = jest.requireActual('../libraries');
  const counted = Object.keys(real).map(name => [
    name,
    () => {
      heavy.push(name);
      return real[name]();
    },
  ]);
  return { __esModule: true, ...Object.fromEntries(counted) };
});

const base64 = (text: string) => Buffer.from(text).toString('base64');

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

describe('a connection by a kubeconfig', () => {
  let folder: string;
  let made: Awaited<ReturnType<typeof testCertificates>>;
  let server: ReturnType<typeof createServer>;
  let port: number;
  const proxied: string[] = [];
  const proxy = createProxy();
  let proxyUrl: string;
  const socksProxy = createTcp();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connection-'));
    made = await testCertificates('cluster.example');
    server = createServer(
      {
        ...made.server,
        ca: made.ca,
        requestCert: true,
        rejectUnauthorized: false,
      },
      (request, response) => {
        const socket = request.socket as TLSSocket;
        response.end(
          JSON.stringify({
            user: socket.getPeerCertificate().subject?.CN,
            authorization: request.headers.authorization,
          }),
        );
      },
    );
    port = await listen(server);
    proxy.on('connect', (request, socket) => {
      proxied.push(`${request.url}`);
      const upstream = connectTcp(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      socket.on('error', () => upstream.destroy());
      upstream.on('error', () => socket.destroy());
    });
    proxyUrl = `http://127.0.0.1:${await listen(proxy)}`;
  });

  beforeAll(() => {
    // RFC 1928: greeting, request by name, then whatever the two sides say.
    socksProxy.on('connection', async socket => {
      await once(socket, 'data');
      socket.write(Buffer.of(5, 0));
      const [request]: Buffer[] = await once(socket, 'data');
      const end = request.length - 2;
      const name = request.subarray(5, end);
      proxied.push(`${name}:${request.readUInt16BE(end)}`);
      socket.write(Buffer.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
      const upstream = connectTcp(port, '127.0.0.1');
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
      upstream.pipe(socket).pipe(upstream);
    });
  });

  afterAll(async () => {
    socksProxy.close();
    server.closeAllConnections();
    server.close();
    proxy.closeAllConnections();
    proxy.close();
    await rm(folder, { recursive: true });
  });

  beforeEach(() => {
    heavy.length = 0;
    proxied.length = 0;
  });

  async function ask(
    cluster: object,
    user: object = { token: 'secret' },
    env: Environment = {},
  ): Promise<unknown> {
    const kubeconfig = join(folder, 'config');
    await writeFile(
      kubeconfig,
      // As kubectl writes it: no line is broken.
      dump(
        {
          clusters: [
            {
              name: 'c',
              cluster: {
                server: `https://127.0.0.1:${port}`,
                'tls-server-name': 'cluster.example',
                'certificate-authority-data': base64(made.ca),
                ...cluster,
              },
            },
          ],
          users: [{ name: 'u', user }],
          contexts: [{ name: 'a', context: { cluster: 'c', user: 'u' } }],
          'current-context': 'a',
        },
        { lineWidth: -1 },
      ),
    );
    const { access } = await findKubeContext({ kubeconfig, env });
    const client = new KubeClient({ access });
    return client.json({ path: '/version' }).finally(() => client.close());
  }

  it('is made without the libraries that take long to load', async () => {
    expect(await ask({})).toEqual({ authorization: 'Bearer secret' });
    expect(heavy).toEqual([]);
  });

  it('shows a client certificate', async () => {
    const { cert, key } = made.client;
    const user = {
      'client-certificate-data': base64(cert),
      'client-key-data': base64(key),
    };
    expect(await ask({}, user)).toEqual({ user: 'ada' });
    expect(heavy).toEqual([]);
  });

  it('shows a user name and a password', async () => {
    expect(await ask({}, { username: 'ada', password: 'hush' })).toEqual({
      authorization: `Basic ${base64('ada:hush')}`,
    });
  });

  it('is refused where the certificate has another name or authority', async () => {
    await expect(ask({ 'tls-server-name': 'other.example' })).rejects.toThrow(
      /Couldn't reach 127.0.0.1:\d+/,
    );
    await expect(
      ask({ 'certificate-authority-data': undefined }),
    ).rejects.toThrow('has a certificate of an unknown authority');
    expect(
      await ask({
        'certificate-authority-data': undefined,
        'insecure-skip-tls-verify': true,
      }),
    ).toEqual({ authorization: 'Bearer secret' });
  });

  it('goes through the proxy of the environment', async () => {
    const env = { HTTPS_PROXY: proxyUrl };
    const answer = await ask(
      { server: 'https://cluster.example:6443' },
      { token: 'secret' },
      env,
    );
    expect(answer).toEqual({ authorization: 'Bearer secret' });
    expect(proxied).toEqual(['cluster.example:6443']);
    expect(heavy).toEqual(['proxyAgents']);
  });

  it('goes through the proxy of the cluster, with a client certificate', async () => {
    const { cert, key } = made.client;
    const answer = await ask(
      { server: 'https://cluster.example:6443', 'proxy-url': proxyUrl },
      {
        'client-certificate-data': base64(cert),
        'client-key-data': base64(key),
      },
    );
    expect(answer).toEqual({ user: 'ada' });
    expect(proxied).toEqual(['cluster.example:6443']);
  });

  it('goes through a SOCKS proxy, which looks up the name', async () => {
    const socksPort = await listen(socksProxy);
    const answer = await ask({
      server: 'https://cluster.example:6443',
      'proxy-url': `socks5://127.0.0.1:${socksPort}`,
    });
    expect(answer).toEqual({ authorization: 'Bearer secret' });
    expect(proxied).toEqual(['cluster.example:6443']);
    expect(heavy).toEqual(['socksAgents']);
  });

  it('says what to use where the client library is left out', async () => {
    const missing = Object.assign(new Error('Cannot find module'), {
      code: 'MODULE_NOT_FOUND',
    });
    jest.spyOn(libraries, 'clientNode').mockImplementation(() => {
      throw missing;
    });
    await expect(
      ask({}, { 'auth-provider': { name: 'oidc' } }),
    ).rejects.toThrow(
      "The kubeconfig's auth-provider isn't supported here; use a credential plugin",
    );
  });
});
