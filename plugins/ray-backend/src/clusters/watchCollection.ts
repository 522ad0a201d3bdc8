import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  Watcher,
  type KubeClient,
  type KubeObject,
  type ListProgress,
} from '@ml-platform/kube';

/** One kind of a cluster that is watched, and who keeps its objects. */
export interface Collection<Obj> {
  readonly kube: KubeClient;
  readonly path: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** The cluster counts as reachable when this one can be watched. */
  readonly decisive?: boolean;
  readonly upsert: (key: string, object: Obj) => unknown;
  readonly remove: (key: string) => unknown;
  /** All of it is known. */
  readonly listed?: () => void;
  /** It can't be watched, and why. */
  readonly failed?: (error: string) => void;
}

/** Told of the watch of a collection. */
export interface CollectionHandler {
  readonly logger: LoggerService;
  /** The decisive one has brought something. */
  readonly onHeard: () => void;
  /** How far the first list of the decisive one is. */
  readonly onProgress: (progress: ListProgress) => void;
  /** All of the decisive one is known. */
  readonly onSync: () => void;
  /** The decisive one is up, or down with the cause. */
  readonly onStatus: (error: string | undefined) => void;
  /** Another one is down, with the cause. */
  readonly onLesser: (error: string | undefined) => void;
}

export function watchCollection<Obj extends KubeObject>(
  collection: Collection<Obj>,
  on: CollectionHandler,
): Watcher<Obj> {
  const { kube, path, labelSelector, fieldSelector, decisive } = collection;
  return new Watcher<Obj>({
    client: kube,
    path,
    labelSelector,
    fieldSelector,
    logger: on.logger,
    handler: {
      upsert: collection.upsert,
      remove: collection.remove,
      heard: decisive ? on.onHeard : undefined,
      progress: decisive ? on.onProgress : undefined,
      synced: () => {
        collection.listed?.();
        if (decisive) {
          on.onSync();
        }
      },
      status: ({ ok, error }) => {
        if (decisive) {
          on.onStatus(ok ? undefined : error);
        } else if (!ok) {
          collection.failed?.(error ?? 'no answer');
          on.onLesser(error);
        }
      },
    },
  });
}
