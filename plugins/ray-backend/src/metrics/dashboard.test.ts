import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import {
  PrometheusExporter,
  PrometheusSerializer,
} from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { parse } from 'yaml';
import { Clusters } from '../clusters/Clusters';
import { JobIndex } from '../jobs/JobIndex';
import { LogHub } from '../logs/LogHub';
import { registerMetrics } from './registerMetrics';

const APPS = resolve(__dirname, '../../../../gitops/apps');
const DASHBOARD = resolve(APPS, 'grafana/dashboards/portal.json');
const RULES = resolve(APPS, 'prometheus/management/portal-rules.yaml');

interface Dashboard {
  readonly panels: readonly {
    readonly targets?: readonly { readonly expr: string }[];
  }[];
}

interface Rules {
  readonly spec: {
    readonly groups: readonly {
      readonly rules: readonly { readonly expr: string }[];
    }[];
  };
}

/** Names of the plugin's metrics in texts, without the endings of a histogram. */
const metricsIn = (texts: readonly string[]) =>
  new Set(
    texts
      .flatMap(text => text.match(/\bray_\w+/g) ?? [])
      .map(name => name.replace(/_(bucket|count|sum)$/, '')),
  );

/** The names under which Prometheus finds what the plugin registers. */
async function exported(): Promise<Set<string>> {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({ readers: [exporter] });
  const meter = provider.getMeter('backstage-plugin-ray');
  // Each has a value, whatever there is to tell.
  const metrics: Pick<
    MetricsService,
    | 'createCounter'
    | 'createHistogram'
    | 'createObservableGauge'
    | 'createObservableCounter'
  > = {
    createCounter(name, options) {
      const counter = meter.createCounter(name, options);
      counter.add(0);
      return counter;
    },
    createHistogram(name, options) {
      const histogram = meter.createHistogram(name, options);
      histogram.record(0);
      return histogram;
    },
    createObservableGauge(name, options) {
      const gauge = meter.createObservableGauge(name, options);
      gauge.addCallback(result => result.observe(0));
      return gauge;
    },
    createObservableCounter(name, options) {
      const counter = meter.createObservableCounter(name, options);
      counter.addCallback(result => result.observe(0));
      return counter;
    },
  };
  const index = new JobIndex();
  registerMetrics({
    metrics,
    index,
    clusters: new Clusters({
      entries: [],
      index,
      logger: mockServices.logger.mock(),
    }),
    hub: new LogHub({ maxBytes: 1, lingerMs: 1 }),
    numbered: { bytes: 0 },
    stream: { viewers: 0 },
    archiver: { failures: 0 },
    history: { failures: 0 },
    clock: () => new Date(),
  });
  const { resourceMetrics } = await exporter.collect();
  const text = new PrometheusSerializer().serialize(resourceMetrics);
  await provider.shutdown();
  return metricsIn(text.match(/^# TYPE ray_\w+/gm) ?? []);
}

describe('what Prometheus is asked about the plugin', () => {
  it('is on the dashboard of the portal: every metric, and no other', async () => {
    const { panels }: Dashboard = JSON.parse(readFileSync(DASHBOARD, 'utf8'));
    const queries = panels.flatMap(({ targets = [] }) =>
      targets.map(({ expr }) => expr),
    );
    expect(metricsIn(queries)).toEqual(await exported());
  });

  it('is in the alerts only where the plugin has such a metric', async () => {
    const rules: Rules = parse(readFileSync(RULES, 'utf8'));
    const asked = metricsIn(
      rules.spec.groups.flatMap(group => group.rules.map(({ expr }) => expr)),
    );
    const known = await exported();
    expect([...asked].filter(name => !known.has(name))).toEqual([]);
    expect(asked.size).toBeGreaterThan(5);
  });
});
