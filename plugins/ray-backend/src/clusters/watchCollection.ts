import type { LoggerService } from '@backstage/backend-plugin-api';
import { Watcher, type KubeClient, type KubeObject } from '@ml-platform/kube';

/** One kind of a cluster that is watched, and where its rows go. */
export interface Collection<Obj, Row> {
  readonly kube: KubeClient;
  readonly path: string;
  readonly labelSelector?: string;
  /** The cluster counts as reachable when this one can be watched. */
  readonly decisive?: boolean;
  readonly toRow: (object: Obj) => Row;
  readonly upsert: (key: string, row: Row) => unknown;
  readonly remove: (key: string, row: Row) => unknown;
}

/** Told of the watch of a collection. */
export interface CollectionHandler {
  readonly logger: LoggerService;
  /** The decisive one has brought something. */
  readonly onHeard: () => void;
  /** All of the decisive one is known for the first time. */
  readonly onFirstSync: () => void;
  /** The decisive one is up, or down with the cause. */
  readonly onStatus: (error: string | undefined) => void;
  /** Another one is down, with the cause. */
  readonly onLesser: (error: string | undefined) => void;
}

export function watchCollection<Obj extends KubeObject, Row>(
  collection: Collection<Obj, Row>,
  on: CollectionHandler,
): Watcher<Obj, Row> {
  const { kube, path, labelSelector, decisive } = collection;
  let first = true;
  return new Watcher<Obj, Row>({
    client: kube,
    path,
    labelSelector,
    toRow: collection.toRow,
    logger: on.logger,
    handler: {
      upsert: collection.upsert,
      remove: collection.remove,
      heard: decisive ? on.onHeard : undefined,
      synced: () => {
        if (first && decisive) {
          first = false;
          on.onFirstSync();
        }
      },
      status: ({ ok, error }) => {
        if (decisive) {
          on.onStatus(ok ? undefined : error);
        } else if (!ok) {
          on.onLesser(error);
        }
      },
    },
  });
}
