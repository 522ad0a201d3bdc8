import type { PodTemplate, RayClusterSpec } from '../objects/kubernetes';
import { parseBytes, parseCpu, parseQuantity } from '../values/quantities';
import type { JobResources } from './types';

const NONE: JobResources = { cpu: 0, memory: 0, gpu: 0 };

// A quantity that can't be read counts as nothing: a row must not fail for it.
function read(
  parse: (quantity: string | number) => number,
  quantity: string | number | undefined,
): number {
  if (quantity === undefined) {
    return 0;
  }
  try {
    return parse(quantity);
  } catch {
    return 0;
  }
}

function templateResources(template: PodTemplate | undefined): JobResources {
  return (template?.spec?.containers ?? []).reduce((sum, container) => {
    const { requests = {}, limits = {} } = container.resources ?? {};
    // Kubernetes takes a limit for the request where none is given.
    const all = { ...limits, ...requests };
    const gpu = Object.entries(all)
      .filter(([name]) => name.endsWith('/gpu'))
      .reduce(
        (count, [, quantity]) => count + read(parseQuantity, quantity),
        0,
      );
    return {
      cpu: sum.cpu + read(parseCpu, all.cpu),
      memory: sum.memory + read(parseBytes, all.memory),
      gpu: sum.gpu + gpu,
    };
  }, NONE);
}

/** Number of worker pods that a Ray cluster's specification asks for. */
export function desiredWorkers(spec: RayClusterSpec | undefined): number {
  return (spec?.workerGroupSpecs ?? []).reduce(
    (sum, group) =>
      sum +
      (group.replicas ?? group.minReplicas ?? 0) * (group.numOfHosts ?? 1),
    0,
  );
}

/** What head and desired workers ask for in all: milliCPU, bytes, devices. */
export function clusterResources(
  spec: RayClusterSpec | undefined,
): JobResources {
  const head = templateResources(spec?.headGroupSpec?.template);
  return (spec?.workerGroupSpecs ?? []).reduce((sum, group) => {
    const pods =
      (group.replicas ?? group.minReplicas ?? 0) * (group.numOfHosts ?? 1);
    const each = templateResources(group.template);
    return {
      cpu: sum.cpu + pods * each.cpu,
      memory: sum.memory + pods * each.memory,
      gpu: sum.gpu + pods * each.gpu,
    };
  }, head);
}
