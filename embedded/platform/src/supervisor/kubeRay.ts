import { InputError, NotFoundError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import { askCluster } from './askCluster';

/** @throws {InputError} when the cluster of the context does not know RayJobs */
export async function requireKubeRay(
  kubeConfig: KubeConfig,
  context: string,
): Promise<void> {
  try {
    await askCluster({ kubeConfig, context, path: '/apis/ray.io/v1' });
  } catch (error) {
    throw error instanceof NotFoundError
      ? new InputError(
          `The cluster of the context ${context} knows no RayJobs. Install the KubeRay operator on it, for example with: helm install kuberay-operator kuberay/kuberay-operator`,
        )
      : error;
  }
}

/**
 * Two controllers on one cluster would each make the Ray cluster of a job.
 * @throws {InputError} when KubeRay's operator is there, or can't be looked for
 */
export async function requireNoOperator(
  kubeConfig: KubeConfig,
  context: string,
): Promise<void> {
  const { items } = await askCluster<{ readonly items: readonly unknown[] }>({
    kubeConfig,
    context,
    path: '/apis/apps/v1/deployments',
    query: { labelSelector: 'app.kubernetes.io/name=kuberay-operator' },
  });
  if (items.length > 0) {
    throw new InputError(
      `The cluster of the context ${context} has the KubeRay operator: start without --ray-controller.`,
    );
  }
}
