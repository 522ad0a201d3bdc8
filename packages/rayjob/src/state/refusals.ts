import type { RayClusterStatus } from '../objects/kubernetes';
import { plainText, shorten } from './plainText';
import type { PodProblem } from './podProblem';

const LONGEST_MESSAGE = 300;

const QUOTA =
  /exceeded quota: (\S+), requested: ([^\s,]+(?:,[^\s,]+)*), used: ([^\s,]+(?:,[^\s,]+)*), limited: ([^\s,]+(?:,[^\s,]+)*)/;
const UNSET = /failed quota: (\S+): must specify (.+)/;
const WEBHOOK = /admission webhook "([^"]+)" denied the request: (.+)/s;
const POLICY =
  /ValidatingAdmissionPolicy '([^']+)'(?: with binding '[^']+')? denied request: (.+)/s;
const POD_SECURITY = /violates PodSecurity "([^"]+)": (.+)/s;
const UNANSWERED = /failed calling webhook "([^"]+)": (.+)/s;
const RANGE =
  /((?:maximum|minimum) \S+ .+? per (?:Container|Pod|PersistentVolumeClaim) is .+)/s;
const FORBIDDEN = /^.*? is forbidden: (.+)$/s;

/** Amounts by resource, as Kubernetes writes them: `cpu=4,memory=8Gi`. */
function amounts(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(',').map(part => {
      const [resource, amount = ''] = part.split('=', 2);
      return [resource, amount];
    }),
  );
}

const resourceName = (resource: string) =>
  resource.replace(/^requests\./, '').replace(/^limits\.(.+)/, '$1 (limits)');

function quotaExceeded(match: RegExpExecArray): string {
  const [, name, requested, used, limited] = match;
  const inUse = amounts(used);
  const most = amounts(limited);
  const parts = [...amounts(requested)].map(
    ([resource, amount]) =>
      `${amount} more ${resourceName(resource)}, with ${inUse.get(resource)} of ${most.get(resource)} in use`,
  );
  return `The quota ${name} of the namespace has no room for ${parts.join('; ')}`;
}

/**
 * What a refusal of the API server means: a quota, limits or a policy of the
 * namespace, or the server's own words.
 *
 * @param what - what was to be created
 *
 * Source: admission plugins of Kubernetes 1.34, and its policies and webhooks.
 */
export function refusal(what: string, text: string): PodProblem {
  const told = (reason: string, message: string): PodProblem => ({
    reason,
    message: shorten(plainText(message), LONGEST_MESSAGE),
  });
  const quota = QUOTA.exec(text);
  if (quota) {
    return told('QuotaExceeded', quotaExceeded(quota));
  }
  const unset = UNSET.exec(text);
  if (unset) {
    return told(
      'QuotaExceeded',
      `The quota ${unset[1]} of the namespace wants every pod to name ${unset[2]}`,
    );
  }
  const policy = POLICY.exec(text) ?? WEBHOOK.exec(text);
  if (policy) {
    return told(
      'PolicyRefused',
      `The policy ${policy[1]} refuses ${what}: ${policy[2]}`,
    );
  }
  const security = POD_SECURITY.exec(text);
  if (security) {
    return told(
      'PolicyRefused',
      `The namespace's pod security (${security[1]}) refuses ${what}: ${security[2]}`,
    );
  }
  const unanswered = UNANSWERED.exec(text);
  if (unanswered) {
    return told(
      'PodRefused',
      `The cluster can't check ${what}, because the webhook ${unanswered[1]} doesn't answer: ${unanswered[2]}`,
    );
  }
  const [, forbidden = ''] = FORBIDDEN.exec(text) ?? [];
  if (RANGE.test(forbidden)) {
    return told(
      'PolicyRefused',
      `The limits of the namespace refuse ${what}: ${forbidden.replace(/^\[|\]$/g, '')}`,
    );
  }
  return told(
    'PodRefused',
    `The cluster refuses ${what}: ${forbidden || text}`,
  );
}

const WHAT: Readonly<Record<string, string>> = {
  FailedCreateHeadPod: "the head's pod",
  FailedCreateWorkerPod: "a worker's pod",
};
const MARKER = /^(?:FailedCreate(?:Head|Worker)Pod)\s+/;
/** The API server's answer to a request for a pod, among KubeRay's words. */
const ANSWER =
  /(?:pods? "[^"]*" is forbidden|exceeded quota|admission webhook "|failed calling webhook)/;

/**
 * Why KubeRay can't create a pod of the Ray cluster: no pod exists then that could
 * tell. Before conditions, KubeRay put the answer in the cluster's reason.
 *
 * Source: KubeRay 1.7, `RayClusterReplicaFailure`.
 */
export function refusedPod(
  cluster: RayClusterStatus | undefined,
): PodProblem | undefined {
  const condition = cluster?.conditions?.find(
    ({ type, status }) =>
      type === 'RayClusterReplicaFailure' && status === 'True',
  );
  const what = WHAT[condition?.reason ?? ''];
  if (condition && what) {
    return refusal(what, (condition.message ?? '').replace(MARKER, ''));
  }
  const reason = cluster?.reason ?? '';
  return ANSWER.test(reason)
    ? refusal('a pod of the Ray cluster', reason.replace(MARKER, ''))
    : undefined;
}
