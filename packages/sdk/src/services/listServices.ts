import { resourcePath, SERVICES, type KubeClient } from '@ml-platform/kube';
import type { KubeService } from './serviceTypes';

/** Services with labels, in a namespace or in all, newest first. */
export async function listServices(
  client: KubeClient,
  where: { readonly namespace?: string; readonly labelSelector: string },
  signal: AbortSignal,
): Promise<readonly KubeService[]> {
  const { namespace, labelSelector } = where;
  const { items } = await client.json<{
    readonly items: readonly KubeService[];
  }>({
    path: resourcePath(SERVICES, namespace),
    query: { labelSelector },
    signal,
  });
  return [...items].sort((a, b) =>
    (b.metadata.creationTimestamp ?? '').localeCompare(
      a.metadata.creationTimestamp ?? '',
    ),
  );
}
