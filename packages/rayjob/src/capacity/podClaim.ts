import type { Container, Pod } from '../objects/kubernetes';
import { addAmounts, largestAmounts, NO_AMOUNTS, readAmounts } from './amounts';
import type { Amounts, PodClaim } from './capacityTypes';

/** Phases in which a pod has given back what it had. */
const ENDED = ['Succeeded', 'Failed'];

const requestsOf = ({ resources }: Container) =>
  readAmounts({ ...resources?.limits, ...resources?.requests });

/**
 * What the scheduler sets aside for a pod: containers and sidecars run together,
 * the other init containers one by one before them.
 *
 * Source: Kubernetes' documentation, "Sidecar Containers", resource sharing.
 */
function podRequests(pod: Pod): Amounts {
  const { containers = [], initContainers = [], overhead } = pod.spec ?? {};
  let sidecars = NO_AMOUNTS;
  let starting = NO_AMOUNTS;
  for (const container of initContainers) {
    const requests = requestsOf(container);
    if (container.restartPolicy === 'Always') {
      sidecars = addAmounts(sidecars, requests);
    } else {
      starting = largestAmounts(starting, addAmounts(sidecars, requests));
    }
  }
  const running = containers.map(requestsOf).reduce(addAmounts, sidecars);
  return addAmounts(largestAmounts(running, starting), readAmounts(overhead));
}

/** What a pod takes of its node; `undefined` before it has one and after its end. */
export function podClaim(pod: Pod): PodClaim | undefined {
  const node = pod.spec?.nodeName;
  return node && !ENDED.includes(pod.status?.phase ?? '')
    ? { node, amounts: podRequests(pod) }
    : undefined;
}
