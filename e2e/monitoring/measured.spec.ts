import { expect, test } from '@playwright/test';
import {
  readDashboards,
  readRules,
  type Dashboard,
  type Variable,
} from './support/gitopsFiles';
import { MeasuredPlatform } from './support/measuredPlatform';
import { fill, metricsOf } from './support/promql';

/** Grafana's own variables, as for a graph of a few minutes. */
const OF_GRAFANA = { __rate_interval: '20s', __range: '5m', __interval: '5s' };
/** Prometheus makes these itself. */
const OF_PROMETHEUS = new Set(['up', 'ALERTS']);

const platform = new MeasuredPlatform();
const { prometheus } = platform;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  // A first start builds the portal and the environment with Ray.
  test.setTimeout(15 * 60_000);
  await platform.start();
});

test.afterAll(() => platform.stop());

test('everything can be scraped as the monitors say', async () => {
  expect(await prometheus.failing()).toEqual([]);
});

/** `label_values(metric{…}, label)`, over the last minutes as Grafana asks. */
async function valuesOf(
  { query }: Variable,
  values: Readonly<Record<string, string>>,
): Promise<string[]> {
  const [, series = '', label = ''] =
    /^label_values\((.+), (\w+)\)$/.exec(query) ?? [];
  const found = await prometheus.queryRange(
    `group by (${label}) (${fill(series, values)})`,
  );
  return found.flatMap(({ metric }) => metric[label] ?? []);
}

/** What is chosen on a dashboard: the job that runs, and everything else. */
async function choose({
  templating,
}: Dashboard): Promise<Record<string, string>> {
  const chosen: Record<string, string> = { ...OF_GRAFANA };
  for (const variable of templating.list) {
    if (variable.type === 'datasource') {
      chosen[variable.name] = String(variable.current.value);
      continue;
    }
    const values = await valuesOf(variable, chosen);
    expect(values, `$${variable.name} has values`).not.toEqual([]);
    chosen[variable.name] = variable.allValue ?? values[0];
  }
  if ('job' in chosen) {
    // The job that runs, and those of the exporters, whose pods have GPUs.
    chosen.job = '(measured-[a-z0-9]+|gpu-abcde|typed-abcde)';
  }
  return chosen;
}

/** What is wrong with the queries of a dashboard, a line each. */
async function problemsOf(dashboard: Dashboard): Promise<string[]> {
  const values = await choose(dashboard);
  const names = await prometheus.names();
  const problems: string[] = [];
  for (const { title, targets = [] } of dashboard.panels) {
    for (const { expr, instant } of targets) {
      const query = fill(expr, values);
      for (const name of metricsOf(query)) {
        if (!names.has(name) && !OF_PROMETHEUS.has(name)) {
          problems.push(`${title}: there is no metric ${name}`);
        }
      }
      const asking = instant ? 'query' : 'queryRange';
      const result = await prometheus[asking](query).catch(String);
      if (typeof result === 'string' || result.length === 0) {
        problems.push(`${title}: ${result || 'no data'}: ${query}`);
      }
    }
  }
  return problems;
}

test('every query of every dashboard returns data', async () => {
  for (const dashboard of readDashboards()) {
    await test.step(dashboard.title, async () => {
      expect.soft(await problemsOf(dashboard), dashboard.title).toEqual([]);
    });
  }
});

test('alerts ask for metrics that exist', async () => {
  const names = await prometheus.names();
  const rules = [...readRules().values()].flat().flatMap(group => group.rules);
  const missing = rules.flatMap(({ alert, expr }) =>
    metricsOf(expr)
      .filter(name => !names.has(name) && !OF_PROMETHEUS.has(name))
      .map(name => `${alert}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('a GPU belongs to the pod that has it, and to no other', async () => {
  const series = await prometheus.query('DCGM_FI_DEV_GPU_UTIL');
  expect(
    series.map(({ metric: { gpu, pod, namespace, node } }) => ({
      gpu,
      pod,
      namespace,
      node,
    })),
  ).toEqual([
    {
      gpu: '0',
      pod: 'typed-abcde-workers-worker-x2',
      namespace: 'training',
      node: 'gpu-1',
    },
    { gpu: '1', pod: undefined, namespace: undefined, node: 'gpu-1' },
  ]);
});
