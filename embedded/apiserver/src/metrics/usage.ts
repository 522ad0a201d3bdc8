import { asNumber, asObjects, asString, getPath } from '../model/json';
import { KubeObject, kubeTime } from '../model/KubeObject';

/** What something uses, as a kubelet measured it. */
export interface Usage {
  readonly time: string;
  /** Billionths of a CPU. */
  readonly cpuNano: number;
  /** Bytes. */
  readonly memory: number;
}

export interface PodUsage {
  readonly namespace: string;
  readonly name: string;
  readonly containers: readonly (Usage & { readonly name: string })[];
}

export interface UsageSummary {
  readonly node: Usage;
  readonly pods: readonly PodUsage[];
}

/** A kubelet's `/stats/summary`; undefined where it is something else. */
export function parseSummary(summary: unknown): UsageSummary | undefined {
  const node = getPath(summary, 'node');
  return node === undefined
    ? undefined
    : {
        node: parseUsage(node),
        pods: asObjects(getPath(summary, 'pods')).map(pod => ({
          namespace: asString(getPath(pod, 'podRef.namespace')) ?? '',
          name: asString(getPath(pod, 'podRef.name')) ?? '',
          containers: asObjects(pod.containers).map(container => ({
            name: asString(container.name) ?? '',
            ...parseUsage(container),
          })),
        })),
      };
}

function parseUsage(stats: unknown): Usage {
  return {
    time: asString(getPath(stats, 'cpu.time')) ?? kubeTime(0),
    cpuNano: asNumber(getPath(stats, 'cpu.usageNanoCores')) ?? 0,
    memory: asNumber(getPath(stats, 'memory.workingSetBytes')) ?? 0,
  };
}

export function podMetrics(pod: KubeObject, usage: PodUsage): KubeObject {
  const { containers } = usage;
  return {
    ...metricsOf('PodMetrics', pod, containers[0]),
    containers: containers.map(container => ({
      name: container.name,
      usage: quantities(container),
    })),
  };
}

export function nodeMetrics(
  node: KubeObject,
  summary: UsageSummary,
): KubeObject {
  return {
    ...metricsOf('NodeMetrics', node, summary.node),
    usage: quantities(summary.node),
  };
}

function metricsOf(
  kind: string,
  { metadata }: KubeObject,
  usage: Usage | undefined,
): KubeObject {
  const { name, namespace, labels } = metadata;
  const time = usage?.time ?? kubeTime(0);
  return {
    apiVersion: 'metrics.k8s.io/v1beta1',
    kind,
    metadata: { name, namespace, labels, creationTimestamp: time },
    timestamp: time,
    // Kubelets measure anew at most this often.
    window: '2s',
  };
}

function quantities({ cpuNano, memory }: Usage) {
  return { cpu: `${cpuNano}n`, memory: `${Math.ceil(memory / 1024)}Ki` };
}
