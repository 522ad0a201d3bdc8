import { readdirSync, readFileSync } from 'node:fs';
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

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly w: number };
  readonly targets?: readonly {
    readonly expr: string;
    readonly refId: string;
  }[];
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
}

interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly templating: { readonly list: readonly { readonly name: string }[] };
  readonly panels: readonly Panel[];
}

interface Rules {
  readonly spec: {
    readonly groups: readonly {
      readonly rules: readonly {
        readonly alert: string;
        readonly expr: string;
      }[];
    }[];
  };
}

const FOLDER = resolve(
  __dirname,
  '../../../../gitops/infrastructure/monitoring',
);

const read = (path: string) => readFileSync(resolve(FOLDER, path), 'utf8');

const dashboards = readdirSync(resolve(FOLDER, 'dashboards')).map(
  file => JSON.parse(read(`dashboards/${file}`)) as Dashboard,
);

const panels = dashboards.flatMap(dashboard => dashboard.panels);

const queries = panels.flatMap(({ targets = [] }) =>
  targets.map(({ expr }) => expr),
);

const alerts = (parse(read('rules.yaml')) as Rules).spec.groups.flatMap(
  ({ rules }) => rules,
);

const metricsIn = (texts: readonly string[]) =>
  new Set(texts.flatMap(text => text.match(/\bray_\w+/g) ?? []));

/** The names under which Prometheus finds what the plugin registers. */
async function exported(): Promise<Set<string>> {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({ readers: [exporter] });
  const meter = provider.getMeter('backstage-plugin-ray');
  // Each has a value, whatever there is to tell.
  const metrics: Pick<
    MetricsService,
    'createObservableGauge' | 'createObservableCounter'
  > = {
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
    stream: { viewers: 0 },
    clock: () => new Date(),
  });
  const { resourceMetrics } = await exporter.collect();
  const text = new PrometheusSerializer().serialize(resourceMetrics);
  await provider.shutdown();
  return metricsIn(text.match(/^# TYPE ray_\w+/gm) ?? []);
}

describe('the dashboards and alerts of gitops/infrastructure/monitoring', () => {
  it('show every metric that the plugin gives out, and no other', async () => {
    expect(metricsIn(queries)).toEqual(await exported());
  });

  it('alert on metrics that the plugin gives out', async () => {
    const known = await exported();
    const asked = [...metricsIn(alerts.map(({ expr }) => expr))];
    expect(asked.filter(name => !known.has(name))).toEqual([]);
    expect(asked.length).toBeGreaterThan(0);
  });

  it('use no variable that is not declared', () => {
    for (const dashboard of dashboards) {
      const declared = dashboard.templating.list.map(({ name }) => name);
      const used = JSON.stringify(dashboard.panels).matchAll(/\$\{?(\w+)\}?/g);
      const own = [...used].map(([, name]) => name);
      expect(
        own.filter(name => !name.startsWith('__') && !declared.includes(name)),
      ).toEqual([]);
    }
  });

  it('explain each panel and give it a unit, a place and ids of its own', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { title, gridPos } of panels) {
      expect(title).not.toBe('');
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    }
    for (const panel of panels.filter(({ type }) => type !== 'row')) {
      const refs = panel.targets?.map(({ refId }) => refId);
      expect(new Set(refs).size).toBe(panel.targets?.length);
      expect(panel.description).toMatch(/\.$/);
      expect(panel.fieldConfig?.defaults.unit).toBeDefined();
    }
  });
});
