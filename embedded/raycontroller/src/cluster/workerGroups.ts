import type { RayClusterSpec, WorkerGroupSpec } from '../crd/rayCluster';
import { isGpuResource } from '../crd/features';
import type { PodSpec } from '@ml-platform/embedded-controller-runtime';
import {
  addQuantities,
  formatQuantity,
  multiplyQuantity,
  NO_QUANTITY,
  type Quantity,
  readQuantity,
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
  const totals = new Map<string, Quantity>();
  addResources(totals, spec.headGroupSpec.template.spec, 1);
  for (const group of spec.workerGroupSpecs ?? []) {
    if (!group.suspend) {
      const pods = (group.replicas ?? 0) * hostsPerReplica(group);
      addResources(totals, group.template.spec, pods);
    }
  }
  const gpus = [...totals]
    .filter(([name]) => isGpuResource(name))
    .reduce((sum, [, amount]) => addQuantities(sum, amount), NO_QUANTITY);
  const total = (name: string) =>
    formatQuantity(totals.get(name) ?? NO_QUANTITY);
  return {
    desiredCPU: total('cpu'),
    desiredMemory: total('memory'),
    desiredGPU: formatQuantity(gpus),
    desiredTPU: total('google.com/tpu'),
  };
}

/** Adds the requests of all containers; a limit counts where there is no request. */
function addResources(
  totals: Map<string, Quantity>,
  spec: PodSpec,
  pods: number,
) {
  for (const { resources = {} } of spec.containers) {
    const asked = { ...resources.limits, ...resources.requests };
    for (const [name, value] of Object.entries(asked)) {
      const amount = multiplyQuantity(readQuantity(value), pods);
      totals.set(name, addQuantities(totals.get(name) ?? NO_QUANTITY, amount));
    }
  }
}
