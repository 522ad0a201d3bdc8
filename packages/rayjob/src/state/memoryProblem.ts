import type { Container, ContainerStatus, Pod } from '../objects/kubernetes';
import {
  describeBytes,
  formatQuantity,
  parseBytes,
  readQuantity,
} from '../values/quantities';

const MIB = 1024 ** 2;

/** Bytes of a quantity that somebody else wrote; `undefined` for none. */
function bytesOf(quantity: string | number | undefined): number | undefined {
  try {
    return quantity === undefined ? undefined : parseBytes(quantity);
  } catch {
    return undefined;
  }
}

/**
 * The next sensible amount of memory for what was too little: half as much again
 * at least, rounded up to a power of two or the middle between two. `8Gi` makes
 * `12Gi`, `10Gi` makes `16Gi`.
 *
 * @returns a quantity; `undefined` where the amount is none
 */
export function moreMemory(
  quantity: string | number | undefined,
): string | undefined {
  const bytes = bytesOf(quantity);
  if (!bytes || bytes < 0) {
    return undefined;
  }
  const least = bytes * 1.5;
  let size = MIB;
  while (size < least && size * 1.5 < least) {
    size *= 2;
  }
  return formatQuantity(
    readQuantity(`${(size < least ? size * 1.5 : size) / MIB}Mi`),
  );
}

const askFor = (memory: string) => `ask for ${memory} of memory`;
const ASKS_FOR = new RegExp(`; ${askFor('(\\S+)')}\\b`);

/**
 * How much memory the next run should ask for, as the message of a job or pod says
 * that ran out of it; `undefined` where it names no amount.
 */
export function memoryToAskFor(
  message: string | undefined,
): string | undefined {
  return ASKS_FOR.exec(message ?? '')?.[1];
}

function specOf(pod: Pod, name: string): Container | undefined {
  return [
    ...(pod.spec?.containers ?? []),
    ...(pod.spec?.initContainers ?? []),
  ].find(container => container.name === name);
}

/** The sentence about a container that ran out of memory, of each of the pods. */
export function outOfMemory(pod: Pod, { name }: ContainerStatus) {
  const limit = specOf(pod, name)?.resources?.limits?.memory;
  const more = moreMemory(limit);
  const advice = more ? askFor(more) : 'ask for more memory';
  const room = more ? ` (its limit is ${limit})` : '';
  return (where: string) =>
    `Container ${name} of ${where} was killed because it was out of memory${room}; ${advice}`;
}

const NODE_LOW = /The node was low on resource: memory\b/;
const USED = /Container (\S+) was using (\d+\w*), request is (\d+\w*)/;

/**
 * The sentence about a pod that its node evicted. Where memory was short, the
 * kubelet tells what the largest container used.
 *
 * Source: messages of `pkg/kubelet/eviction` of Kubernetes 1.34.
 */
export function evicted(message: string) {
  const [, container, used, request] =
    (NODE_LOW.test(message) && USED.exec(message)) || [];
  const more = moreMemory(used);
  const peak = bytesOf(used);
  if (!container || peak === undefined || !more) {
    return (where: string) => `${where} was evicted: ${message}`;
  }
  const asked = request === '0' ? 'none' : request;
  return (where: string) =>
    `${where} was evicted because its node was low on memory: container ${container} used ${describeBytes(peak)} and had asked for ${asked}; ${askFor(more)}`;
}
