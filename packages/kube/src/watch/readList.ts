import type { KubeClient, Query } from '../http/KubeClient';
import { ResourceExpiredError } from '../http/errors';
import type { ListProgress } from './WatchStore';

interface ListPage {
  readonly metadata?: {
    readonly resourceVersion?: string;
    readonly continue?: string;
    /** Absent where a selector is given. */
    readonly remainingItemCount?: number;
  };
}

export interface ReadListOptions<Obj> {
  readonly client: KubeClient;
  /** Path of the collection. */
  readonly path: string;
  readonly query: Query;
  readonly pageSize: number;
  /** Milliseconds for each page. */
  readonly timeoutMs?: number;
  readonly signal: AbortSignal;
  /** Called while a page comes; a page that breaks off fails the whole list. */
  readonly onItem: (item: Obj) => void;
  /** The list grew too old between two pages: all items come once more. */
  readonly onRestart: () => void;
  /** Called after each page. */
  readonly onProgress?: (progress: ListProgress) => void;
}

/**
 * Reads a collection in pages, or in one piece where the server forgets its
 * versions faster than the pages come.
 *
 * @returns the resourceVersion that a watch can go on from
 */
export async function readList<Obj>(
  options: ReadListOptions<Obj>,
): Promise<string | undefined> {
  const { client, path, query, signal, timeoutMs } = options;
  let next: string | undefined;
  let version: string | undefined;
  let paged = true;
  let read = 0;
  const onItem = (item: Obj) => {
    read += 1;
    options.onItem(item);
  };
  do {
    try {
      const page = await client.items<Obj, ListPage>(
        {
          path,
          query: {
            ...query,
            limit: paged ? options.pageSize : undefined,
            continue: next,
          },
          signal,
          timeoutMs,
        },
        onItem,
      );
      next = page.metadata?.continue || undefined;
      version = page.metadata?.resourceVersion ?? version;
      const remaining = next ? page.metadata?.remainingItemCount : 0;
      options.onProgress?.({
        read,
        total: remaining === undefined ? undefined : read + remaining,
      });
    } catch (error) {
      if (!(error instanceof ResourceExpiredError) || !paged) {
        throw error;
      }
      paged = false;
      next = undefined;
      read = 0;
      options.onRestart();
    }
  } while (next);
  return version;
}
