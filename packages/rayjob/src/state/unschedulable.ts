import type { Pod } from '../objects/kubernetes';
import {
  addQuantities,
  formatQuantity,
  NO_QUANTITY,
  readQuantity,
} from '../values/quantities';

const NODES = /^\d+\/(\d+) nodes are available: /;
const FURTHER = /[.,]? *(?:no new claims to deallocate, )?preemption: .*$/s;
const INSUFFICIENT = /^Insufficient (\S+)$/;
const TAINT =
  /^node\(s\) had (?:untolerated )?taints? \{([^:}]*)(?:: ?([^}]*))?\}/;

/** What the scheduler says of some nodes, and what that means. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^Too many pods/, "can't run another pod"],
  [/had untolerated taint/, "{have} taints that the pod doesn't tolerate"],
  [
    /didn't match Pod's node affinity|didn't match node selector/,
    "{do}n't have the labels that the pod selects",
  ],
  [/were unschedulable/, '{are} closed to new pods'],
  [
    /volume node affinity conflict/,
    "can't reach the pod's volume, which is in another zone",
  ],
  [
    /didn't find available persistent volumes/,
    "{do}n't have a volume for the pod's claim",
  ],
  [/exceed max volume count/, "can't take another volume"],
  [/free ports/, "{have} the pod's port in use"],
  [/anti-affinity/, "{have} pods that can't run beside this one"],
  [/pod affinity/, "{do}n't have the pods that this one has to run beside"],
  [/topology spread/, '{have} too many such pods (topology spread)'],
];

/** Taints that say how a node is, whoever tolerates what. */
const CONDITIONS: Readonly<Record<string, string>> = {
  'node.kubernetes.io/not-ready': "{are}n't ready",
  'node.kubernetes.io/unreachable': "can't be reached",
  'node.kubernetes.io/unschedulable': '{are} closed to new pods',
  'node.kubernetes.io/memory-pressure': '{are} short of memory',
  'node.kubernetes.io/disk-pressure': '{are} short of disk space',
  'cloud.google.com/impending-node-termination': '{are} about to shut down',
};

const ONE: Readonly<Record<string, string>> = {
  have: 'has',
  do: 'does',
  are: 'is',
};

const RESOURCES: Readonly<Record<string, string>> = {
  cpu: 'CPU',
  'ephemeral-storage': 'local disk (ephemeral-storage)',
};

const resourceName = (resource: string) => RESOURCES[resource] ?? resource;

/** What the containers of a pod ask for together; `undefined` for nothing. */
function requested(pod: Pod, resource: string): string | undefined {
  let total = NO_QUANTITY;
  for (const { resources } of pod.spec?.containers ?? []) {
    const amount =
      resources?.requests?.[resource] ?? resources?.limits?.[resource];
    try {
      total = addQuantities(total, readQuantity(amount ?? 0));
    } catch {
      return undefined;
    }
  }
  return total.nano > 0n ? formatQuantity(total) : undefined;
}

/** What is wrong with some nodes, with its verb as `{have}`, `{do}` or `{are}`. */
function fault(words: string): string {
  const resource = INSUFFICIENT.exec(words)?.[1];
  if (resource) {
    return `{have} too little ${resourceName(resource)} free`;
  }
  const [, key, value] = TAINT.exec(words) ?? [];
  if (key) {
    return (
      CONDITIONS[key] ??
      `{have} a taint that the pod doesn't tolerate (${value ? `${key}=${value}` : key})`
    );
  }
  const known = WORDS.find(([pattern]) => pattern.test(words))?.[1];
  return known ?? `{do}n't fit: ${words}`;
}

const inflect = (phrase: string, isOne: boolean) =>
  phrase.replace(/\{(have|do|are)\}/, (_, verb: string) =>
    isOne ? ONE[verb] : verb,
  );

function list(parts: readonly string[]): string {
  return parts.length < 2
    ? parts.join('')
    : `${parts.slice(0, -1).join(', ')} and ${parts.slice(-1).join('')}`;
}

/** The scheduler's reasons, each with the number of nodes that it holds for. */
function reasonsOf(text: string): readonly (readonly [number, string])[] {
  return text.split(/, (?=\d+ )/).flatMap(part => {
    const [, count, words] = /^(\d+) (.+)$/s.exec(part) ?? [];
    return words ? [[Number(count), words.replace(/\.$/, '')] as const] : [];
  });
}

const firstOf = (count: number, total: string) =>
  total === '1' ? 'the only node' : `${count} of ${total} nodes`;

/**
 * Why the scheduler finds no node for a pod, in words: what is lacking on how
 * many of the nodes, and how much of it the pod asks for.
 *
 * Source: `FitError` and the plugins of the scheduler of Kubernetes 1.34.
 */
export function unschedulable(pod: Pod, message: string) {
  const [prefix, total = ''] = NODES.exec(message) ?? [''];
  const text = message.slice(prefix.length).replace(FURTHER, '');
  const reasons = reasonsOf(text);
  if (!total || reasons.length === 0) {
    const cause = text.replace(/\.$/, '');
    return (where: string) => `No node takes ${where}: ${cause}`;
  }
  const nodes = reasons.map(([count, words], i) => {
    const which = i === 0 ? firstOf(count, total) : `${count}`;
    return `${which} ${inflect(fault(words), count === 1)}`;
  });
  const lacking = reasons.flatMap(
    ([, words]) => INSUFFICIENT.exec(words)?.[1] ?? [],
  );
  const asks = [...new Set(lacking)].flatMap(resource => {
    const amount = requested(pod, resource);
    return amount ? [`${amount} ${resourceName(resource)}`] : [];
  });
  const asked = asks.length > 0 ? `; each pod asks for ${list(asks)}` : '';
  const start = lacking.length > 0 ? 'No node has room for' : 'No node takes';
  return (where: string) => `${start} ${where}: ${list(nodes)}${asked}`;
}
