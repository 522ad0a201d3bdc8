import type { Pod } from '../objects/kubernetes';

/** How clouds and autoscalers mark nodes that they may take back. */
const SPOT = /(?:^|[/-])(?:spot|preemptible)\b|scalesetpriority/i;
const CAPACITY =
  /(?:capacity-?type|gke-provisioning|lifecycle|scalesetpriority)$/i;
const SPOT_VALUE = /^(?:.*[-_])?(?:spot|preemptible)$/i;

/** True for a label, or the key of a toleration, that only spot nodes have. */
function marksSpot(key: string, value = ''): boolean {
  return CAPACITY.test(key)
    ? SPOT_VALUE.test(value)
    : SPOT.test(key) && value !== 'false';
}

/**
 * Whether a pod runs on nodes that may be taken back: `always` where it selects
 * them, `maybe` where it only tolerates them.
 *
 * Source: the labels and taints of GKE, EKS, AKS and Karpenter.
 */
export function onSpot({ spec }: Pod): 'always' | 'maybe' | undefined {
  const { nodeSelector = {}, affinity, tolerations = [] } = spec ?? {};
  const terms =
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      ?.nodeSelectorTerms ?? [];
  const expressions = terms.flatMap(term => term.matchExpressions ?? []);
  if (
    Object.entries(nodeSelector).some(([key, value]) =>
      marksSpot(key, value),
    ) ||
    expressions.some(
      ({ key, operator, values = [] }) =>
        (operator === 'In' || operator === 'Exists') &&
        marksSpot(key, values[0]),
    )
  ) {
    return 'always';
  }
  return tolerations.some(({ key = '', value }) => marksSpot(key, value))
    ? 'maybe'
    : undefined;
}

const SHUTDOWN_REASONS: ReadonlySet<string> = new Set([
  'NodeShutdown',
  'Shutdown',
]);
const SHUTDOWN = /node shutdown|node is shutting/i;

/** Reason of a disruption, and its sentence. */
type Disruption = readonly [reason: string, tell: (where: string) => string];

/** The node is the one that a spot pod ran on: it was taken back, in all likelihood. */
function reclaimed(node: string): Disruption {
  return [
    'SpotNodeReclaimed',
    where => `The spot node${node} was taken back while it ran ${where}`,
  ];
}

function shutDown(node: string, maybeSpot: boolean): Disruption {
  const hint = maybeSpot
    ? '; it may have been a spot node, which can be taken back at any time'
    : '';
  return [
    'NodeShutdown',
    where => `The node${node} was shut down while it ran ${where}${hint}`,
  ];
}

function lost(node: string): Disruption {
  return [
    'NodeLost',
    where =>
      `The node${node} was lost while it ran ${where}: it can't be reached, or was removed`,
  ];
}

/**
 * What took a pod away that did nothing wrong: a node that was lost, shut down or
 * drained, a spot node that was taken back, or a pod of higher priority.
 *
 * Source: Kubernetes' pod disruption conditions and graceful node shutdown.
 */
export function disruption(pod: Pod): Disruption | undefined {
  const { conditions, reason = '', message = '' } = pod.status ?? {};
  const target = conditions?.find(
    ({ type, status }) => type === 'DisruptionTarget' && status === 'True',
  );
  const node = pod.spec?.nodeName ? ` ${pod.spec.nodeName}` : '';
  const spot = onSpot(pod);
  if (
    SHUTDOWN_REASONS.has(reason) ||
    SHUTDOWN.test(`${message} ${target?.message ?? ''}`)
  ) {
    return spot === 'always' ? reclaimed(node) : shutDown(node, Boolean(spot));
  }
  switch (reason === 'NodeLost' ? reason : target?.reason) {
    case 'NodeLost':
    case 'DeletionByTaintManager':
    case 'DeletionByPodGC':
      return spot === 'always' ? reclaimed(node) : lost(node);
    case 'PreemptionByScheduler':
      return [
        'PreemptionByScheduler',
        where =>
          `${where} had to make room on the node${node} for a pod of higher priority`,
      ];
    case 'EvictionByEvictionAPI':
      return [
        'EvictionByEvictionAPI',
        where =>
          `${where} was evicted from the node${node}, which is drained or removed`,
      ];
    default:
      return undefined;
  }
}
