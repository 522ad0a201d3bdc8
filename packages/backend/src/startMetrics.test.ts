import { freePort } from '@ml-platform/kube/testUtils';
import { metrics } from '@opentelemetry/api';
import { startMetrics } from './startMetrics';

describe('startMetrics', () => {
  afterEach(() => metrics.disable());

  it('listens only where it is asked to', async () => {
    const port = String(await freePort());
    const stop = await startMetrics({ OTEL_EXPORTER_PROMETHEUS_PORT: port });
    const url = `http://127.0.0.1:${port}/metrics`;
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    await stop();
  });

  it('gives out what is registered afterwards', async () => {
    const port = String(await freePort());
    const stop = await startMetrics({
      OTEL_METRICS_EXPORTER: 'prometheus',
      OTEL_EXPORTER_PROMETHEUS_PORT: port,
    });
    metrics
      .getMeter('backstage-plugin-test')
      .createObservableCounter('ray.log.lines.dropped')
      .addCallback(result => result.observe(3));
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    const text = await answer.text();
    expect(text).toMatch(/^ray_log_lines_dropped_total\S* 3$/m);
    expect(text).toMatch(/^v8js_memory_heap_used\S* \d+$/m);
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
