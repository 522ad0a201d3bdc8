import type { KubeClient } from '@ml-platform/kube';

/**
 * Tells how many objects each collection has, one after the other; nothing of one where
 * that can't be told now. A streaming list does not say how long it is.
 *
 * Source: Kubernetes' ListMeta, `remainingItemCount`.
 */
export async function countObjects(
  client: KubeClient,
  paths: readonly string[],
  signal: AbortSignal,
  onCount: (path: string, total: number) => void,
): Promise<void> {
  for (const path of paths) {
    try {
      const { items = [], metadata } = await client.json<{
        readonly items?: readonly unknown[];
        readonly metadata?: {
          readonly continue?: string;
          readonly remainingItemCount?: number;
        };
      }>({ path, query: { limit: 1 }, signal });
      const rest = metadata?.continue ? metadata.remainingItemCount : 0;
      if (rest !== undefined) {
        onCount(path, items.length + rest);
      }
    } catch {
      // The watch of the same collection tells what is wrong.
    }
  }
}
