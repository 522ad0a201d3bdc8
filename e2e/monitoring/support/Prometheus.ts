import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readMonitors, readRules, type Relabeling } from './gitopsFiles';
import { startTool } from './tools';

/** Something that is scraped, as the monitor of its name says. */
export interface ScrapeTarget {
  readonly monitor: string;
  /** Host and port. */
  readonly address: string;
  /** Labels of the pod, and what the operator's service discovery knows of it. */
  readonly labels?: Readonly<Record<string, string>>;
}

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
}

/** What kube-prometheus-stack scrapes by itself. */
const OF_CHART = {
  'kube-state-metrics': { honorLabels: true, relabelings: [] },
  'node-exporter': { honorLabels: false, relabelings: [] },
};

/** Ray forgets its gauges when they are read, and sets them about every 10 seconds. */
const RAY_INTERVAL = '25s';

const relabelConfig = (relabeling: Relabeling) => ({
  source_labels: relabeling.sourceLabels,
  target_label: relabeling.targetLabel,
  action: relabeling.action,
  regex: relabeling.regex,
  replacement: relabeling.replacement,
});

/** A Prometheus that scrapes as the repository's monitors say, and has its alerts. */
export class Prometheus {
  readonly #folder: string;
  readonly #port: number;
  readonly #targets: ScrapeTarget[] = [];
  #stop: () => Promise<void> = async () => {};

  constructor(options: { readonly folder: string; readonly port: number }) {
    this.#folder = options.folder;
    this.#port = options.port;
  }

  /** Begins with nothing: no data of an earlier run, no target. */
  async start(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
    await mkdir(join(this.#folder, 'targets'), { recursive: true });
    const groups = [...readRules().values()].flat();
    await this.#write('rules.json', { groups });
    const monitors = Object.entries({
      ...OF_CHART,
      ...Object.fromEntries(readMonitors()),
    });
    await this.#write('prometheus.json', {
      global: { scrape_interval: '2s', evaluation_interval: '2s' },
      rule_files: ['rules.json'],
      scrape_configs: monitors.map(([name, monitor]) => ({
        job_name: name,
        scrape_interval: name === 'ray' ? RAY_INTERVAL : undefined,
        honor_labels: monitor.honorLabels,
        relabel_configs: monitor.relabelings.map(relabelConfig),
        file_sd_configs: [
          { files: [`targets/${name}.json`], refresh_interval: '2s' },
        ],
      })),
    });
    this.#stop = await startTool('prometheus', [
      `--config.file=${join(this.#folder, 'prometheus.json')}`,
      `--storage.tsdb.path=${join(this.#folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${this.#port}`,
      '--log.level=warn',
    ]);
  }

  async scrape(...targets: readonly ScrapeTarget[]): Promise<void> {
    this.#targets.push(...targets);
    for (const { monitor } of targets) {
      const own = this.#targets.filter(target => target.monitor === monitor);
      await this.#write(
        `targets/${monitor}.json`,
        own.map(({ address, labels = {} }) => ({ targets: [address], labels })),
      );
    }
  }

  /** Resolves when a query returns something for the last two minutes. */
  async has(expr: string, patience = 60_000): Promise<void> {
    const limit = Date.now() + patience;
    let last = 'it returned nothing';
    while (Date.now() < limit) {
      try {
        if ((await this.queryRange(expr)).length > 0) return;
      } catch (error) {
        last = String(error);
      }
      await new Promise(resolve => {
        setTimeout(resolve, 500);
      });
    }
    throw new Error(`${expr} has no data after ${patience / 1_000} s: ${last}`);
  }

  /** The series that a query returns now. @throws {Error} with what Prometheus says */
  query(expr: string): Promise<readonly Sample[]> {
    return this.#ask('query', { query: expr });
  }

  /** The series that a query returns for the last two minutes, as a graph asks for them. */
  queryRange(expr: string): Promise<readonly Sample[]> {
    const now = Date.now() / 1_000;
    return this.#ask('query_range', {
      query: expr,
      start: String(now - 120),
      end: String(now),
      step: '5',
    });
  }

  /** Names of all metrics. */
  async names(): Promise<ReadonlySet<string>> {
    const answer = await fetch(
      `http://127.0.0.1:${this.#port}/api/v1/label/__name__/values`,
    );
    const { data } = (await answer.json()) as { data: readonly string[] };
    return new Set(data);
  }

  /** Addresses of targets that can't be scraped, with the reason. */
  async failing(): Promise<string[]> {
    const answer = await fetch(`http://127.0.0.1:${this.#port}/api/v1/targets`);
    const { data } = (await answer.json()) as {
      data: {
        activeTargets: readonly {
          scrapePool: string;
          health: string;
          lastError: string;
        }[];
      };
    };
    return data.activeTargets
      .filter(({ health }) => health !== 'up')
      .map(({ scrapePool, lastError }) => `${scrapePool}: ${lastError}`);
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  async #ask(
    route: string,
    form: Readonly<Record<string, string>>,
  ): Promise<readonly Sample[]> {
    const answer = await fetch(
      `http://127.0.0.1:${this.#port}/api/v1/${route}`,
      { method: 'POST', body: new URLSearchParams(form) },
    );
    const { data, error } = (await answer.json()) as {
      data?: { result: readonly Sample[] };
      error?: string;
    };
    if (!data) throw new Error(error);
    return data.result;
  }

  #write(file: string, content: unknown): Promise<void> {
    // JSON is YAML.
    return writeFile(join(this.#folder, file), JSON.stringify(content));
  }
}
