import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import { answeredHosts, guardHosts } from './hostGuard';

const config = (data: object) =>
  mockServices.rootConfig({ data: JSON.parse(JSON.stringify(data)) });

const LOCAL = {
  app: { baseUrl: 'http://localhost:3000' },
  backend: {
    baseUrl: 'http://localhost:7007',
    listen: { host: '127.0.0.1', port: 7007 },
  },
};

describe('answeredHosts', () => {
  it('are the names of this machine and of the base URLs, on loopback', () => {
    expect([...(answeredHosts(config(LOCAL)) ?? [])].sort()).toEqual([
      '127.0.0.1:7007',
      '[::1]:7007',
      'localhost:3000',
      'localhost:7007',
    ]);
  });

  it('have the port of a base URL only where a browser sends one', () => {
    const hosts = answeredHosts(
      config({
        app: { baseUrl: 'https://Portal.example.com/ui' },
        backend: { baseUrl: 'http://api.example.com:8080', listen: ':80' },
        auth: { providers: { guest: {} } },
      }),
    );
    expect([...(hosts ?? [])].sort()).toEqual([
      '127.0.0.1',
      '127.0.0.1:80',
      '[::1]',
      '[::1]:80',
      'api.example.com:8080',
      'localhost',
      'localhost:80',
      'portal.example.com',
      'portal.example.com:443',
    ]);
  });

  it.each([
    ['0.0.0.0', { listen: { host: '0.0.0.0' } }],
    ['an address of its own', { listen: '10.0.0.5:7007' }],
    ['all addresses, by default', {}],
  ])('are any where it listens on %s and nobody is a guest', (_, backend) => {
    expect(answeredHosts(config({ backend }))).toBeUndefined();
  });

  it.each(['127.0.0.1:7007', 'localhost:7007', '127.8.0.1:7007'])(
    'are few where it listens on %s',
    listen => {
      expect(answeredHosts(config({ backend: { listen } }))).toBeDefined();
    },
  );
});

describe('guardHosts', () => {
  const app = express();
  const server = createServer(app);
  let port: number;

  beforeAll(async () => {
    guardHosts({ app, server, config: config(LOCAL) });
    app.get('/api/jobs', (_, response) => {
      response.send('jobs');
    });
    app.get('/.backstage/health/v1/liveness', (_, response) => {
      response.send('alive');
    });
    server.on('upgrade', (_, socket) => {
      socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });

  afterAll(() => {
    server.close();
  });

  async function get(path: string, headers: IncomingHttpHeaders) {
    const options = { host: '127.0.0.1', port, path, headers, agent: false };
    const outgoing = request(options).end();
    return new Promise<{ status?: number; text: string }>((resolve, reject) => {
      outgoing.on('error', reject);
      outgoing.on('upgrade', ({ statusCode }, socket) => {
        socket.destroy();
        resolve({ status: statusCode, text: '' });
      });
      outgoing.on('response', response => {
        let text = '';
        response.on('data', chunk => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode, text }),
        );
      });
    });
  }

  const UPGRADE = { connection: 'Upgrade', upgrade: 'websocket' };

  it.each(['localhost:7007', '127.0.0.1:7007', '[::1]:7007', 'LOCALHOST:3000'])(
    'answers %s',
    async host => {
      const answer = await get('/api/jobs', { host });
      expect(answer).toEqual({ status: 200, text: 'jobs' });
      const upgrade = await get('/api/signals', { host, ...UPGRADE });
      expect(upgrade.status).toBe(101);
    },
  );

  it.each([
    'evil.example.com',
    'evil.example.com:7007',
    'localhost:9999',
    'localhost',
    'localhost.evil.example.com:7007',
    '127.0.0.1.evil.example.com:7007',
  ])('refuses %s, also as a WebSocket', async host => {
    const answer = await get('/api/jobs', { host });
    expect(answer.status).toBe(421);
    expect(answer.text).toContain('Open http://localhost:3000');
    const upgrade = await get('/api/signals', { host, ...UPGRADE });
    expect(upgrade.status).toBe(421);
  });

  it('lets health be asked by any name', async () => {
    const path = '/.backstage/health/v1/liveness';
    const answer = await get(path, { host: '10.1.2.3:7007' });
    expect(answer).toEqual({ status: 200, text: 'alive' });
  });
});
