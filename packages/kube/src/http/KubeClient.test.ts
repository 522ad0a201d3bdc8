import { createServer, get, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { FakeKubeApi } from '../__testUtils__/FakeKubeApi';
import { until } from '../__testUtils__/until';
import { followPodLog } from '../logs/followPodLog';
import { AgentPool } from './AgentPool';
import { KubeClient } from './KubeClient';
import { PODS } from './resources';

describe('KubeClient', () => {
  it('ends what goes on by itself once it is closed', async () => {
    const api = await FakeKubeApi.start();
    const client = new KubeClient({ access: api.access() });
    const pod = {
      metadata: { name: 'p', namespace: 'training' },
      status: { containerStatuses: [{ name: 'main', state: { running: {} } }] },
    };
    api.put(PODS, pod);
    const log = api.log('training', 'p', 'main');
    const abort = new AbortController();
    const lines = followPodLog({
      client,
      namespace: 'training',
      pod: 'p',
      container: 'main',
      follow: true,
      signal: abort.signal,
    });
    const next = lines.next();
    await until(() => log.followerCount === 1);
    client.close();
    await expect(next).rejects.toThrow('The cluster is no longer there');
    abort.abort();
    await api.close();
  });
});

describe('an answer that breaks off', () => {
  let server: Server;
  let client: KubeClient;
  let status: number;

  beforeEach(async () => {
    server = createServer((_request, response) => {
      response.writeHead(status, { 'content-length': 1_000 });
      response.write('{"items": [', () => response.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    client = new KubeClient({
      access: {
        signIn: async () => ({
          server: `http://127.0.0.1:${port}`,
          options: {},
          viaProxy: false,
        }),
        refused: () => false,
        remedy: '',
      },
    });
  });

  afterEach(async () => {
    client.close();
    server.close();
    await once(server, 'close');
  });

  it('is a cluster that was not reached, so that readers try again', async () => {
    status = 200;
    const error = {
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(
        /^127\.0\.0\.1:\d+ closed the connection$/,
      ),
    };
    await expect(client.json({ path: '/api' })).rejects.toMatchObject(error);
    await expect(
      client.items({ path: '/api' }, () => undefined),
    ).rejects.toMatchObject(error);
  });

  it('still says what was refused', async () => {
    status = 403;
    await expect(client.json({ path: '/api' })).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: 'HTTP 403',
    });
  });
});

describe('AgentPool', () => {
  let server: Server;
  let url: string;
  let streaming: ServerResponse | undefined;

  beforeEach(async () => {
    server = createServer((request, response) => {
      if (request.url === '/stream') {
        streaming = response;
        response.write('begun ');
      } else {
        response.end('whole');
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.close();
    await once(server, 'close');
  });

  it('lets requests end that began with another certificate', async () => {
    const pool = new AgentPool();
    const before = pool.take({ cert: 'one' }, false, false);
    const [stream] = await once(
      get(`${url}/stream`, { agent: before }),
      'response',
    );
    const after = pool.take({ cert: 'two' }, false, false);
    expect(after).not.toBe(before);
    streaming?.end('ended');
    let text = '';
    for await (const chunk of stream) {
      text += chunk;
    }
    expect(text).toBe('begun ended');
    await until(() => Object.keys(before.sockets).length === 0);
    expect(before.freeSockets).toEqual({});
    pool.close();
  });
});
