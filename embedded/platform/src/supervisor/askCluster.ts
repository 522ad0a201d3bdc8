import { InputError, NotFoundError, toError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import { KubeClient, kubeConfigAccess, type Query } from '@ml-platform/kube';

/**
 * One answer of a cluster, before anything is started on it.
 *
 * @throws {NotFoundError} when it has no such thing
 * @throws {InputError} with what to try when it can't be asked
 */
export async function askCluster<T>(request: {
  readonly kubeConfig: KubeConfig;
  /** Its name, for people. */
  readonly context: string;
  readonly path: string;
  readonly query?: Query;
}): Promise<T> {
  const { kubeConfig, context, path, query } = request;
  const client = new KubeClient({ access: kubeConfigAccess(kubeConfig) });
  try {
    return await client.json<T>({ path, query });
  } catch (error) {
    if (error instanceof NotFoundError) throw error;
    throw new InputError(
      `The cluster of the context ${context} didn't answer as it should: ${toError(error).message}. Try: kubectl --context ${context} get --raw ${path}`,
    );
  } finally {
    client.close();
  }
}
