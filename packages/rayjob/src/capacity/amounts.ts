import { parseBytes, parseCpu, parseQuantity } from '../values/quantities';
import type { Amounts } from './capacityTypes';

type Quantities = Readonly<Record<string, string | number>>;

export const NO_AMOUNTS: Amounts = { cpu: 0, memory: 0, gpu: 0 };

/** Extended resources that are GPUs, for example `nvidia.com/gpu`. */
export const isGpu = (resource: string) => resource.endsWith('/gpu');

/** The amounts of a Kubernetes object. */
export function readAmounts(quantities: Quantities = {}): Amounts {
  const amounts = { ...NO_AMOUNTS };
  for (const [name, quantity] of Object.entries(quantities)) {
    if (name === 'cpu') {
      amounts.cpu += parseCpu(quantity);
    } else if (name === 'memory') {
      amounts.memory += parseBytes(quantity);
    } else if (isGpu(name)) {
      amounts.gpu += parseQuantity(quantity);
    }
  }
  return amounts;
}

export const addAmounts = (a: Amounts, b: Amounts): Amounts => ({
  cpu: a.cpu + b.cpu,
  memory: a.memory + b.memory,
  gpu: a.gpu + b.gpu,
});

export const subtractAmounts = (a: Amounts, b: Amounts): Amounts => ({
  cpu: a.cpu - b.cpu,
  memory: a.memory - b.memory,
  gpu: a.gpu - b.gpu,
});

/** Of each resource the larger amount. */
export const largestAmounts = (a: Amounts, b: Amounts): Amounts => ({
  cpu: Math.max(a.cpu, b.cpu),
  memory: Math.max(a.memory, b.memory),
  gpu: Math.max(a.gpu, b.gpu),
});
