import type {
  Labels,
  Container,
  Pod,
} from '@ml-platform/embedded-controller-runtime';
import { amountOf } from '../node/capacity';

/** Amounts by resource: milliCPU, bytes, or counts. */
export type Amounts = ReadonlyMap<string, number>;

/** The node that pods are to fit. */
export interface Room {
  readonly allocatable: Amounts;
  readonly labels: Labels;
}

/**
 * What a pod requests: the sum over its containers, or the most that one of its
 * init containers requests, whichever is more.
 */
export function requestsOf(pod: Pod): Amounts {
  const total = new Map<string, number>();
  for (const container of pod.spec.containers) {
    for (const [name, amount] of containerRequests(container)) {
      total.set(name, (total.get(name) ?? 0) + amount);
    }
  }
  for (const container of pod.spec.initContainers ?? []) {
    for (const [name, amount] of containerRequests(container)) {
      total.set(name, Math.max(total.get(name) ?? 0, amount));
    }
  }
  return total;
}

/** A limit without a request stands for both. */
function containerRequests({ resources = {} }: Container): [string, number][] {
  const { requests = {}, limits = {} } = resources;
  return Object.entries({ ...limits, ...requests }).map(([name, value]) => [
    name,
    amountOf(name, value),
  ]);
}

/**
 * Why the pod does not fit beside those that are bound, in kube-scheduler's
 * words; undefined where it fits.
 */
export function whyNot(
  pod: Pod,
  bound: readonly Pod[],
  room: Room,
): string | undefined {
  const unmatched = Object.entries(pod.spec.nodeSelector ?? {}).some(
    ([key, value]) => room.labels[key] !== value,
  );
  if (unmatched) {
    return sentence(
      ["node(s) didn't match Pod's node affinity/selector"],
      false,
    );
  }
  const used = new Map<string, number>();
  for (const other of bound) {
    for (const [name, amount] of requestsOf(other)) {
      used.set(name, (used.get(name) ?? 0) + amount);
    }
  }
  const short: string[] = [];
  let everFits = true;
  for (const [name, amount] of requestsOf(pod)) {
    const has = room.allocatable.get(name) ?? 0;
    if (amount > 0 && amount + (used.get(name) ?? 0) > has) {
      short.push(`Insufficient ${name}`);
      everFits &&= amount <= has;
    }
  }
  return short.length > 0 ? sentence(short, everFits) : undefined;
}

function sentence(reasons: readonly string[], everFits: boolean): string {
  const why = reasons.map(reason => `1 ${reason}`).join(', ');
  const preemption = everFits
    ? '1 No preemption victims found for incoming pod'
    : '1 Preemption is not helpful for scheduling';
  return `0/1 nodes are available: ${why}. no new claims to deallocate, preemption: 0/1 nodes are available: ${preemption}.`;
}
