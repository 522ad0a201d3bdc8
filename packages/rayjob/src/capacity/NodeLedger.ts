import {
  addAmounts,
  largestAmounts,
  NO_AMOUNTS,
  subtractAmounts,
} from './amounts';
import type {
  Amounts,
  FreeAmounts,
  GpuResource,
  NodeCapacity,
  NodeResource,
  NodesStatus,
  PodClaim,
} from './capacityTypes';

const KINDS = ['cpu', 'memory', 'gpu'] as const;

/**
 * What the nodes of one cluster have, and what their pods take. A change of a pod
 * costs the same however many there are.
 */
export class NodeLedger {
  readonly #nodes = new Map<string, NodeCapacity>();
  readonly #pods = new Map<string, PodClaim>();
  readonly #requested = new Map<string, Amounts>();

  putNode(name: string, node: NodeCapacity): void {
    this.#nodes.set(name, node);
  }

  removeNode(name: string): void {
    this.#nodes.delete(name);
  }

  /** @param claim - `undefined` for a pod that takes nothing */
  putPod(key: string, claim: PodClaim | undefined): void {
    const before = this.#pods.get(key);
    if (before) {
      this.#pods.delete(key);
      this.#add(before.node, subtractAmounts(NO_AMOUNTS, before.amounts));
    }
    if (claim) {
      this.#pods.set(key, claim);
      this.#add(claim.node, claim.amounts);
    }
  }

  removePod(key: string): void {
    this.putPod(key, undefined);
  }

  /** Forgets all pods. */
  clearPods(): void {
    this.#pods.clear();
    this.#requested.clear();
  }

  /** All nodes together. Pods on nodes that take no others count for nothing. */
  get status(): NodesStatus {
    let ready = 0;
    let allocatable = NO_AMOUNTS;
    let requested = NO_AMOUNTS;
    const gpus = new Map<string, GpuResource>();
    for (const [name, node] of this.#nodes) {
      ready += node.ready ? 1 : 0;
      if (node.open) {
        const taken = this.#requested.get(name) ?? NO_AMOUNTS;
        allocatable = addAmounts(allocatable, node.amounts);
        requested = addAmounts(requested, taken);
        const { gpuType } = node;
        if (gpuType !== undefined) {
          const sum = gpus.get(gpuType);
          gpus.set(gpuType, {
            type: gpuType,
            allocatable: (sum?.allocatable ?? 0) + node.amounts.gpu,
            requested: (sum?.requested ?? 0) + taken.gpu,
          });
        }
      }
    }
    const [cpu, memory, gpu] = KINDS.map((kind): NodeResource => ({
      allocatable: allocatable[kind],
      requested: requested[kind],
    }));
    return {
      total: this.#nodes.size,
      ready,
      cpu,
      memory,
      gpu,
      gpus: [...gpus.values()].sort((a, b) => a.type.localeCompare(b.type)),
    };
  }

  /** What pods can still ask for. A node that is overcommitted has nothing free. */
  get free(): FreeAmounts {
    let total = NO_AMOUNTS;
    let largest = NO_AMOUNTS;
    for (const [name, { open, amounts }] of this.#nodes) {
      if (open) {
        const taken = this.#requested.get(name) ?? NO_AMOUNTS;
        const left = subtractAmounts(amounts, taken);
        const free = largestAmounts(left, NO_AMOUNTS);
        total = addAmounts(total, free);
        largest = largestAmounts(largest, free);
      }
    }
    return { total, largest };
  }

  #add(node: string, amounts: Amounts): void {
    const before = this.#requested.get(node) ?? NO_AMOUNTS;
    this.#requested.set(node, addAmounts(before, amounts));
  }
}
