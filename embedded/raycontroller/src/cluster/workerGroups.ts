import type { RayClusterSpec, WorkerGroupSpec } from '../crd/rayCluster';
import { isGpuResource } from '../crd/features';
import type { PodSpec } from '@ml-platform/embedded-controller-runtime';
import {
  formatBytes,
  formatCpu,
  parseBytes,
  parseCpu,
  parseQuantity,
} from '@ml-platform/rayjob';

const LARGEST = 2 ** 31 - 1;

export function hostsPerReplica(group: WorkerGroupSpec): number {
  return Math.max(1, group.numOfHosts ?? 1);
}

/** Pods that a group should have: its replicas within its bounds, in hosts. */
export function desiredPods(group: WorkerGroupSpec): number {
  if (group.suspend) {
    return 0;
  }
  const min = group.minReplicas ?? 0;
  const max = group.maxReplicas ?? LARGEST;
  const replicas =
    group.replicas === undefined || group.replicas < min
      ? min
      : Math.min(group.replicas, max);
  return replicas * hostsPerReplica(group);
}

/** Desired, smallest and largest number of workers of the whole cluster. */
export function workerCounts(spec: RayClusterSpec) {
  const groups = spec.workerGroupSpecs ?? [];
  const active = groups.filter(({ suspend }) => !suspend);
  const sum = (count: (group: WorkerGroupSpec) => number) =>
    active.reduce((total, group) => total + count(group), 0);
  return {
    desired: sum(desiredPods),
    min: sum(group => (group.minReplicas ?? 0) * hostsPerReplica(group)),
    max: Math.min(
      LARGEST,
      sum(group => (group.maxReplicas ?? LARGEST) * hostsPerReplica(group)),
    ),
  };
}

/** What head and workers ask for together, as the status tells it. */
export function desiredResources(spec: RayClusterSpec) {
  const totals = new Map<string, number>();
  addResources(totals, spec.headGroupSpec.template.spec, 1);
  for (const group of spec.workerGroupSpecs ?? []) {
    if (!group.suspend) {
      const pods = (group.replicas ?? 0) * hostsPerReplica(group);
      addResources(totals, group.template.spec, pods);
    }
  }
  const gpus = [...totals]
    .filter(([name]) => isGpuResource(name))
    .reduce((sum, [, amount]) => sum + amount, 0);
  const total = (name: string) => totals.get(name) ?? 0;
  return {
    desiredCPU: formatCpu(total('cpu')),
    desiredMemory: formatBytes(total('memory')),
    desiredGPU: String(gpus),
    desiredTPU: String(total('google.com/tpu')),
  };
}

/** Adds the requests of all containers; a limit counts where there is no request. */
function addResources(
  totals: Map<string, number>,
  spec: PodSpec,
  pods: number,
) {
  for (const { resources = {} } of spec.containers) {
    const asked = { ...resources.limits, ...resources.requests };
    for (const [name, value] of Object.entries(asked)) {
      totals.set(name, (totals.get(name) ?? 0) + pods * amountOf(name, value));
    }
  }
}

/** In milliCPU, bytes or pieces. */
function amountOf(resource: string, value: string | number): number {
  switch (resource) {
    case 'cpu':
      return parseCpu(value);
    case 'memory':
      return parseBytes(value);
    default:
      return parseQuantity(value);
  }
}
