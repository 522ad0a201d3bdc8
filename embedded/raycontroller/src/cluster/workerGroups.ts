import type { RayClusterSpec, WorkerGroupSpec } from '../crd/rayCluster';
import { isGpuResource } from '../crd/features';
import type { PodSpec } from '@ml-platform/embedded-controller-runtime';
import {
  addQuantities,
  formatQuantity,
  multiplyQuantity,
  parseQuantity,
  zero,
  type Quantity,
} from '../kube/quantity';

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
  const totals = podResources(spec.headGroupSpec.template.spec);
  for (const group of spec.workerGroupSpecs ?? []) {
    if (!group.suspend) {
      const pods = (group.replicas ?? 0) * hostsPerReplica(group);
      for (const [name, quantity] of podResources(group.template.spec)) {
        add(totals, name, multiplyQuantity(quantity, pods));
      }
    }
  }
  const gpus = [...totals]
    .filter(([name]) => isGpuResource(name))
    .reduce((sum, [, quantity]) => addQuantities(sum, quantity), zero);
  const total = (name: string) => formatQuantity(totals.get(name) ?? zero);
  return {
    desiredCPU: total('cpu'),
    desiredMemory: total('memory'),
    desiredGPU: formatQuantity(gpus),
    desiredTPU: total('google.com/tpu'),
  };
}

/** Requests of all containers; a limit counts where there is no request. */
function podResources(spec: PodSpec): Map<string, Quantity> {
  const totals = new Map<string, Quantity>();
  for (const { resources = {} } of spec.containers) {
    const asked = { ...resources.limits, ...resources.requests };
    for (const [name, value] of Object.entries(asked)) {
      add(totals, name, parseQuantity(value));
    }
  }
  return totals;
}

function add(totals: Map<string, Quantity>, name: string, more: Quantity) {
  const known = totals.get(name);
  totals.set(name, known ? addQuantities(known, more) : more);
}
