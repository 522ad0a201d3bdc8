import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

/**
 * Gives out the figures of all plugins, and of Node itself, for Prometheus at
 * `/metrics`, on a port of its own, where the environment asks for it. To be called
 * before the backend is created: what is registered earlier is lost.
 *
 * Of the variables of OpenTelemetry's specification it heeds
 * OTEL_METRICS_EXPORTER (`none`, the default, or `prometheus`),
 * OTEL_EXPORTER_PROMETHEUS_HOST (127.0.0.1 by default) and
 * OTEL_EXPORTER_PROMETHEUS_PORT (9464 by default).
 *
 * @returns Ends it; does nothing where nothing was begun.
 * @throws {Error} when the exporter is another one, or the port is none
 */
export async function startMetrics(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<() => Promise<void>> {
  const wanted = environment.OTEL_METRICS_EXPORTER || 'none';
  if (wanted === 'none') {
    return async () => {};
  }
  if (wanted !== 'prometheus') {
    throw new Error(
      `There is no metrics exporter '${wanted}' here; set OTEL_METRICS_EXPORTER to prometheus or none`,
    );
  }
  const port = Number(environment.OTEL_EXPORTER_PROMETHEUS_PORT || 9464);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(
      `OTEL_EXPORTER_PROMETHEUS_PORT is '${environment.OTEL_EXPORTER_PROMETHEUS_PORT}'; set it to a port from 1 to 65535`,
    );
  }
  const host = environment.OTEL_EXPORTER_PROMETHEUS_HOST || '127.0.0.1';
  const exporter = new PrometheusExporter({
    host,
    port,
    preventServerStart: true,
  });
  const provider = new MeterProvider({ readers: [exporter] });
  metrics.setGlobalMeterProvider(provider);
  const runtime = new RuntimeNodeInstrumentation();
  runtime.setMeterProvider(provider);
  await exporter.startServer();
  return async () => {
    runtime.disable();
    await provider.shutdown();
  };
}
