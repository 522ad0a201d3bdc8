import { NotFoundError } from '@backstage/errors';
import type { KubeClient } from '@ml-platform/kube';
import type { ApplicationStatus } from '../platform/platformStatus';

interface Application {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly sync?: { readonly status?: string };
    readonly health?: { readonly status?: string; readonly message?: string };
    readonly operationState?: { readonly message?: string };
    readonly conditions?: readonly { readonly message?: string }[];
  };
}

/**
 * The applications of Argo CD.
 * @throws {NotFoundError} where it isn't installed
 */
export async function argocdStatus(
  client: KubeClient,
  signal: AbortSignal,
): Promise<{ readonly items: readonly ApplicationStatus[] }> {
  const { items } = await client
    .json<{ readonly items: readonly Application[] }>({
      path: '/apis/argoproj.io/v1alpha1/applications',
      signal,
    })
    .catch(error => {
      throw error instanceof NotFoundError
        ? new NotFoundError(
            'Argo CD is not installed: the cluster knows no Applications',
          )
        : error;
    });
  return {
    items: items.map(({ metadata, status }) => ({
      name: metadata.name,
      sync: status?.sync?.status ?? 'Unknown',
      health: status?.health?.status ?? 'Unknown',
      message:
        status?.conditions?.[0]?.message ??
        status?.health?.message ??
        (status?.sync?.status === 'Synced'
          ? undefined
          : status?.operationState?.message),
    })),
  };
}
