import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { metrics } from '@opentelemetry/api';
import { startMetrics } from './startMetrics';

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}

describe('startMetrics', () => {
  afterEach(() => metrics.disable());

  it('listens only where it is asked to', async () => {
    const port = await freePort();
    const stop = await startMetrics({ OTEL_EXPORTER_PROMETHEUS_PORT: port });
    const url = `http://127.0.0.1:${port}/metrics`;
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    await stop();
  });

  it('gives out what is registered afterwards', async () => {
    const port = await freePort();
    const stop = await startMetrics({
      OTEL_METRICS_EXPORTER: 'prometheus',
      OTEL_EXPORTER_PROMETHEUS_PORT: port,
    });
    metrics
      .getMeter('backstage-plugin-test')
      .createObservableCounter('ray.log.lines.dropped')
      .addCallback(result => result.observe(3));
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(await answer.text()).toMatch(/^ray_log_lines_dropped_total\S* 3$/m);
    await stop();
  });

  it('says what is wrong with its settings', async () => {
    await expect(
      startMetrics({ OTEL_METRICS_EXPORTER: 'carrier-pigeon' }),
    ).rejects.toThrow('set OTEL_METRICS_EXPORTER to prometheus or none');
    await expect(
      startMetrics({
        OTEL_METRICS_EXPORTER: 'prometheus',
        OTEL_EXPORTER_PROMETHEUS_PORT: 'many',
      }),
    ).rejects.toThrow('set it to a port from 1 to 65535');
  });
});
