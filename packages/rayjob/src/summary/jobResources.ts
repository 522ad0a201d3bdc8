import type {
  Container,
  PodTemplate,
  RayClusterSpec,
  RayClusterStatus,
  WorkerGroupSpec,
} from '../objects/kubernetes';
import { parseBytes, parseCpu, parseQuantity } from '../values/quantities';
import type { JobResources } from './types';
import { desiredWorkersOf, mostWorkersOf } from './workers';

/** Amounts by the name of the resource: milliCPU, bytes, devices. */
type Amounts = ReadonlyMap<string, number>;

function parserOf(name: string): (quantity: string | number) => number {
  switch (name) {
    case 'cpu':
      return parseCpu;
    case 'memory':
      return parseBytes;
    default:
      return parseQuantity;
  }
}

// A quantity that can't be read counts as nothing: a row must not fail for it.
function read(name: string, quantity: string | number): number {
  try {
    return Math.max(0, parserOf(name)(quantity));
  } catch {
    return 0;
  }
}

function amountsOf({ resources }: Pick<Container, 'resources'>): Amounts {
  // Kubernetes takes a limit for the request where none is given.
  const all = { ...resources?.limits, ...resources?.requests };
  return new Map(
    Object.entries(all).map(([name, quantity]) => [name, read(name, quantity)]),
  );
}

function combine(
  all: readonly Amounts[],
  join: (a: number, b: number) => number,
): Amounts {
  const total = new Map<string, number>();
  for (const amounts of all) {
    for (const [name, amount] of amounts) {
      total.set(name, join(total.get(name) ?? 0, amount));
    }
  }
  return total;
}

const add = (...all: readonly Amounts[]) => combine(all, (a, b) => a + b);
const most = (...all: readonly Amounts[]) => combine(all, Math.max);

function times(amounts: Amounts, count: number): Amounts {
  return new Map([...amounts].map(([name, amount]) => [name, amount * count]));
}

/**
 * What a pod takes of a node: its containers together with those init
 * containers that keep running, or what starting takes where that is more.
 *
 * Source: Kubernetes, "Resource sharing within containers", and pod-level
 * resources.
 */
export function podAmounts(template: PodTemplate | undefined): Amounts {
  const { containers = [], initContainers = [] } = template?.spec ?? {};
  let sidecars: Amounts = new Map();
  let starting: Amounts = new Map();
  for (const container of initContainers) {
    const amounts = amountsOf(container);
    if (container.restartPolicy === 'Always') {
      sidecars = add(sidecars, amounts);
    } else {
      starting = most(starting, add(sidecars, amounts));
    }
  }
  const needed = most(starting, add(sidecars, ...containers.map(amountsOf)));
  const whole = amountsOf({ resources: template?.spec?.resources });
  return new Map([...needed, ...whole]);
}

/** Extended resources have a vendor's domain before their name. */
const isAccelerator = (name: string) =>
  name.includes('/') && !/(^|\.)kubernetes\.io\//.test(name);

function toResources(amounts: Amounts): JobResources {
  const accelerators = [...amounts].filter(
    ([name, amount]) => isAccelerator(name) && amount > 0,
  );
  return {
    cpu: amounts.get('cpu') ?? 0,
    memory: amounts.get('memory') ?? 0,
    gpu: accelerators
      .filter(([name]) => name.endsWith('/gpu'))
      .reduce((count, [, amount]) => count + amount, 0),
    accelerators: Object.fromEntries(accelerators),
  };
}

function resourcesOf(
  spec: RayClusterSpec | undefined,
  workers: Iterable<readonly [WorkerGroupSpec, number]>,
): JobResources {
  const pods = [...workers].map(([group, count]) =>
    times(podAmounts(group.template), count),
  );
  return toResources(add(podAmounts(spec?.headGroupSpec?.template), ...pods));
}

/** What head and desired workers ask for in all: milliCPU, bytes, devices. */
export function clusterResources(
  spec: RayClusterSpec | undefined,
  live?: RayClusterStatus,
): JobResources {
  return resourcesOf(spec, desiredWorkersOf(spec, live));
}

/** What they ask for once every group is as large as it may become. */
export function largestResources(
  spec: RayClusterSpec | undefined,
): JobResources {
  return resourcesOf(spec, mostWorkersOf(spec));
}
