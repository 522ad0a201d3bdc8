import { InputError, NotFoundError, toError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import { KubeClient, type Query } from '@ml-platform/kube';

/**
 * One answer of a cluster, before anything is started on it. Throws NotFoundError
 * where it has no such thing, InputError with what to try where it can't be asked.
 */
export async function askCluster<T>(request: {
  readonly kubeConfig: KubeConfig;
  /** Its name, for people. */
  readonly context: string;
  readonly path: string;
  readonly query?: Query;
}): Promise<T> {
  const { kubeConfig, context, path, query } = request;
  const client = new KubeClient({ kubeConfig });
  try {
    return await client.json<T>({ path, query });
  } catch (error) {
    if (error instanceof NotFoundError) throw error;
    throw new InputError(
      `The cluster of the context ${context} can't be used: ${toError(error).message}. Try: kubectl --context ${context} get --raw ${path}`,
    );
  } finally {
    client.close();
  }
}
