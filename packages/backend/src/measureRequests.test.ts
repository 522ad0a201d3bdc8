import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { metrics } from '@opentelemetry/api';
import {
  PrometheusExporter,
  PrometheusSerializer,
} from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import express from 'express';
import { measureRequests } from './measureRequests';

const exporter = new PrometheusExporter({ preventServerStart: true });
let server: Server;
let url: string;

beforeAll(async () => {
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [exporter] }));
  const app = express();
  measureRequests({ app });
  app.get('/api/ray/jobs', (_, response) => response.json([]));
  app.get('/api/ray/stream', (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': open\n\n');
  });
  app.get('/.backstage/health/v1/readiness', (_, response) => {
    response.status(503).end();
  });
  app.get('/catalog', (_, response) => response.send('page'));
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  metrics.disable();
  server.closeAllConnections();
  server.close();
});

async function exposition(): Promise<string> {
  const { resourceMetrics } = await exporter.collect();
  return new PrometheusSerializer().serialize(resourceMetrics);
}

describe('measureRequests', () => {
  it('counts requests by plugin, method and status, and nothing that a client makes up', async () => {
    await fetch(`${url}/api/ray/jobs?q=secret`);
    await fetch(`${url}/.backstage/health/v1/readiness`);
    await fetch(`${url}/catalog`);
    await fetch(`${url}/api/no-such-plugin/x`);
    await fetch(`${url}/made-up`, { method: 'PROPFIND' });
    const text = await exposition();
    const counted = text
      .match(/(?<=response_time_count\{)[^}]*/g)
      ?.map(labels => labels.replace(/,otel_scope.*/, ''));
    expect(counted?.sort()).toEqual([
      'route="api",method="GET",status="404"',
      'route="api/ray",method="GET",status="200"',
      'route="app",method="GET",status="200"',
      'route="app",method="other",status="404"',
      'route="health",method="GET",status="503"',
    ]);
    expect(text).not.toContain('secret');
  });

  it('measures a stream when it begins', async () => {
    const ended = new AbortController();
    await fetch(`${url}/api/ray/stream`, { signal: ended.signal });
    expect(await exposition()).toMatch(
      /response_time_count\{route="api\/ray",method="GET",status="200".* 2$/m,
    );
    ended.abort();
  });
});
