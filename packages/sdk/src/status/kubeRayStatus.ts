import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { KubeClient } from '@ml-platform/kube';
import { readImageReference } from '@ml-platform/rayjob';

interface Deployment {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec?: {
    readonly template?: {
      readonly spec?: {
        readonly containers?: readonly { readonly image?: string }[];
      };
    };
  };
  readonly status?: { readonly availableReplicas?: number };
}

/** The labels that KubeRay's Helm chart and its kustomization give the operator. */
const OPERATOR =
  'app.kubernetes.io/name in (kuberay-operator,kuberay),app.kubernetes.io/component!=kuberay-apiserver';

/**
 * Whether KubeRay runs RayJobs, and which version of it. The operator may run
 * where the caller can't see it: then only its API is known to be there.
 *
 * @throws {NotFoundError} where KubeRay is not installed
 * @throws {ServiceUnavailableError} when no replica of the operator is available
 */
export async function kubeRayStatus(
  client: KubeClient,
  signal: AbortSignal,
): Promise<{ readonly version?: string }> {
  await client.json({ path: '/apis/ray.io/v1', signal }).catch(error => {
    throw error instanceof NotFoundError
      ? new NotFoundError(
          'KubeRay is not installed: the cluster knows no ray.io/v1; install the operator with its CRDs',
        )
      : error;
  });
  const { items } = await client
    .json<{ readonly items: readonly Deployment[] }>({
      path: '/apis/apps/v1/deployments',
      query: { labelSelector: OPERATOR },
      signal,
    })
    .catch(() => ({ items: [] }));
  const [operator] = items;
  if (!operator) {
    return {};
  }
  const { name, namespace } = operator.metadata;
  if (!operator.status?.availableReplicas) {
    throw new ServiceUnavailableError(
      `The operator has no available replica; see kubectl -n ${namespace} describe deployment ${name}`,
    );
  }
  const image = operator.spec?.template?.spec?.containers?.[0]?.image ?? '';
  return { version: readImageReference(image).tag };
}
