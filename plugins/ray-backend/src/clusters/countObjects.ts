import type { KubeClient } from '@ml-platform/kube';

/**
 * Number of objects of a collection; `undefined` where that can't be told now.
 * A streaming list does not say how long it is.
 *
 * Source: Kubernetes' ListMeta, `remainingItemCount`.
 */
export async function countObjects(
  client: KubeClient,
  path: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const { items = [], metadata } = await client.json<{
      readonly items?: readonly unknown[];
      readonly metadata?: {
        readonly continue?: string;
        readonly remainingItemCount?: number;
      };
    }>({ path, query: { limit: 1 }, signal });
    const rest = metadata?.continue ? metadata.remainingItemCount : 0;
    return rest === undefined ? undefined : items.length + rest;
  } catch {
    // The watch of the same collection tells what is wrong.
    return undefined;
  }
}
