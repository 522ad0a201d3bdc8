import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import {
  KubeClient,
  kubeConfigAccess,
  PODS,
  resourcePath,
} from '@ml-platform/kube';
import { ROOT, runPlatform } from '../../support/runPlatform';
import { Terminal } from '../../support/Terminal';
import { Prometheus, type ScrapeTarget } from './Prometheus';
import { EXPORTERS, serveExporters } from './serveExporters';
import { startTool } from './tools';

/** Port of the portal; the four after it are taken too. */
const PORTAL = 18_107;
const METRICS = 18_112;
const PROMETHEUS = 18_113;
const NODE = 18_114;
const EXPORTER = 18_115;
const STATE = 'e2e/.results/monitoring-state';
const RESULTS = join(ROOT, 'e2e/.results/monitoring');
const VERSION = 'v1.0.0';
/** The job that goes on. */
const JOB = 'measured';
/** Milliseconds that a job may take to run, and Ray to measure it. */
const PATIENCE = 300_000;
/** Annotation of the embedded kubelet: the local port of each container port. */
const LOCAL_PORTS = 'local.ml-platform.dev/ports';
/** Uses a worker and the object store. Ray tells only of tasks that change their state. */
const PROGRAM = `
import ray, time
ray.init()
@ray.remote
def work(data):
    time.sleep(2)
data = ray.put(bytes(2_000_000))
while True:
    ray.get([work.remote(data) for _ in range(4)])
`;

interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** A Ray node with the labels that service discovery gives it, once it has a port. */
function rayTarget({ metadata }: Pod): ScrapeTarget[] {
  const { name, namespace, labels, annotations = {} } = metadata;
  const ports = annotations[LOCAL_PORTS];
  if (!ports || !labels['ray.io/cluster'].startsWith(`${JOB}-`)) return [];
  return [
    {
      monitor: 'ray',
      address: `127.0.0.1:${JSON.parse(ports)[8080]}`,
      labels: {
        namespace,
        pod: name,
        container: 'ray',
        __meta_kubernetes_pod_label_ray_io_cluster: labels['ray.io/cluster'],
        __meta_kubernetes_pod_label_ray_io_group: labels['ray.io/group'],
        __meta_kubernetes_pod_node_name: 'local',
      },
    },
  ];
}

/** The head and the worker of the job that goes on. */
async function rayTargets(): Promise<ScrapeTarget[]> {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(join(ROOT, STATE, 'kubeconfig'));
  kubeConfig.setCurrentContext('workload');
  const client = new KubeClient({ access: kubeConfigAccess(kubeConfig) });
  const limit = Date.now() + PATIENCE;
  while (Date.now() < limit) {
    const { items } = await client.json<{ items: readonly Pod[] }>({
      method: 'GET',
      path: resourcePath(PODS, 'training'),
      query: { labelSelector: 'ray.io/is-ray-node=yes' },
    });
    const targets = items.flatMap(rayTarget);
    if (targets.length === 2) return targets;
    await new Promise(resolve => {
      setTimeout(resolve, 1_000);
    });
  }
  throw new Error(`The job ${JOB} has no head and worker in time`);
}

/** The exporters of production that don't run here. */
function exporterTargets(): ScrapeTarget[] {
  return EXPORTERS.map(name => ({
    monitor: name === 'ray-gpu' ? 'ray' : name,
    address: `127.0.0.1:${EXPORTER}`,
    labels: {
      __metrics_path__: `/${name}`,
      namespace: name === 'ray-gpu' ? 'training' : 'monitoring',
      pod: name,
      container: 'exporter',
      // A Ray node with GPUs belongs to a cluster, and each DCGM exporter to a node.
      __meta_kubernetes_pod_label_ray_io_cluster: 'gpu-abcde',
      __meta_kubernetes_pod_node_name: 'gpu-1',
    },
  }));
}

/** Trains, so that there is something to measure; one job fails, one goes on. */
async function train(terminal: Terminal): Promise<void> {
  const must = async (...args: string[]) => {
    const { code, stdout, stderr } = await terminal.run(...args);
    if (code !== 0) throw new Error(`${args[0]} failed: ${stdout}${stderr}`);
  };
  await must('build', 'hello-ray', VERSION);
  const submit = (name: string, workers: number, program: string) => [
    ...['submit', `hello-ray:${VERSION}`, '--name', name],
    ...['--workers', `${workers}`, '--entrypoint', `python -c '${program}'`],
  ];
  const failed = await terminal.run(
    ...submit('fails', 0, 'raise ValueError(42)'),
    '--wait',
  );
  if (failed.code !== 1) throw new Error(`It didn't fail: ${failed.stderr}`);
  await must(...submit(JOB, 1, PROGRAM));
}

/**
 * The embedded platform with a job that runs, and a Prometheus that scrapes the portal,
 * the job's Ray nodes, this machine, and the exporters of production from files.
 */
export class MeasuredPlatform {
  readonly prometheus = new Prometheus({
    folder: join(RESULTS, 'prometheus'),
    port: PROMETHEUS,
  });
  readonly #stops: (() => unknown)[] = [];

  async start(): Promise<void> {
    const { prometheus } = this;
    Object.assign(process.env, {
      OTEL_METRICS_EXPORTER: 'prometheus',
      OTEL_EXPORTER_PROMETHEUS_PORT: String(METRICS),
    });
    await prometheus.start();
    this.#stops.push(() => prometheus.stop());
    this.#stops.push(await serveExporters(EXPORTER));
    this.#stops.push(
      await startTool('node', [
        `--web.listen-address=127.0.0.1:${NODE}`,
        '--log.level=warn',
      ]),
    );
    this.#stops.push(await runPlatform({ port: PORTAL, state: STATE }));
    await prometheus.scrape(
      {
        monitor: 'portal',
        address: `127.0.0.1:${METRICS}`,
        labels: { namespace: 'backstage', pod: 'portal-1' },
      },
      { monitor: 'node-exporter', address: `127.0.0.1:${NODE}` },
      ...exporterTargets(),
    );
    await prometheus.has('up{job="portal"} == 1');
    await mkdir(RESULTS, { recursive: true });
    await copyFile(
      join(ROOT, STATE, 'ml-platform.yaml'),
      join(RESULTS, '.ml-platform.yaml'),
    );
    await train(new Terminal({ cwd: RESULTS }));
    await prometheus.scrape(...(await rayTargets()));
    await prometheus.has(
      'ray_tasks{State="RUNNING",Name="work"} > 0',
      PATIENCE,
    );
  }

  /** Ends what was started, also after a start that failed or took too long. */
  async stop(): Promise<void> {
    for (const end of this.#stops.splice(0).reverse()) await end();
  }
}
