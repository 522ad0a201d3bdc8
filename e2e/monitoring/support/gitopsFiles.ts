import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../../support/runPlatform';

const APPS = join(ROOT, 'gitops/apps');
const PROMETHEUS = join(APPS, 'prometheus');
/** Folders with monitors and rules, from gitops/apps/prometheus. */
const FOLDERS = ['shared', 'management', 'workload', '../backstage'];

export interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<
    Record<'summary' | 'description' | 'runbook_url', string>
  >;
}

export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** A relabeling of the Prometheus operator. */
export interface Relabeling {
  readonly sourceLabels?: readonly string[];
  readonly targetLabel?: string;
  readonly action?: string;
  readonly regex?: string;
  readonly replacement?: string;
}

export interface Monitor {
  readonly name: string;
  readonly honorLabels: boolean;
  readonly relabelings: readonly Relabeling[];
}

interface Manifest {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly groups: readonly RuleGroup[];
    readonly endpoints?: readonly Partial<Monitor>[];
    readonly podMetricsEndpoints?: readonly Partial<Monitor>[];
  };
}

function manifests(ending: string): (Manifest & { readonly file: string })[] {
  return FOLDERS.flatMap(folder =>
    readdirSync(join(PROMETHEUS, folder))
      .filter(file => file.endsWith(ending))
      .map(file => ({
        ...(parse(
          readFileSync(join(PROMETHEUS, folder, file), 'utf8'),
        ) as Manifest),
        file,
      })),
  );
}

/** The groups of each PrometheusRule, by the name of its file. */
export function readRules(): ReadonlyMap<string, readonly RuleGroup[]> {
  return new Map(
    manifests('-rules.yaml').map(({ file, spec }) => [file, spec.groups]),
  );
}

/** What each PodMonitor and ServiceMonitor does with what it scrapes, by name. */
export function readMonitors(): ReadonlyMap<string, Monitor> {
  return new Map(
    manifests('-monitor.yaml').map(({ metadata, spec }) => {
      const [endpoint] = spec.endpoints ?? spec.podMetricsEndpoints ?? [];
      return [
        metadata.name,
        {
          name: metadata.name,
          honorLabels: endpoint?.honorLabels ?? false,
          relabelings: endpoint?.relabelings ?? [],
        },
      ];
    }),
  );
}

export interface Target {
  readonly expr: string;
  readonly refId: string;
  readonly instant?: boolean;
  readonly datasource: { readonly uid: string };
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly Target[];
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
}

export interface Variable {
  readonly name: string;
  readonly type: 'datasource' | 'query';
  readonly label: string;
  readonly description: string;
  readonly query: string;
  readonly allValue?: string;
  /** What is chosen when the dashboard opens; of a data source its uid. */
  readonly current: { readonly value: string | readonly string[] };
  readonly datasource?: { readonly uid: string };
}

export interface Dashboard {
  readonly file: string;
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly Panel[];
}

/** The dashboards that Grafana gets. */
export function readDashboards(): Dashboard[] {
  const folder = join(APPS, 'grafana/dashboards');
  return readdirSync(folder).map(file => ({
    ...JSON.parse(readFileSync(join(folder, file), 'utf8')),
    file,
  }));
}

/** The files that the ConfigMap of dashboards is made of. */
export function publishedDashboards(): string[] {
  const text = readFileSync(join(APPS, 'grafana/kustomization.yaml'), 'utf8');
  const { configMapGenerator } = parse(text) as {
    configMapGenerator: readonly { files: readonly string[] }[];
  };
  return configMapGenerator.flatMap(({ files }) =>
    files.map(file => file.replace('dashboards/', '')),
  );
}
