import {
  type KubeClient,
  type Resource,
  resourcePath,
  Watcher,
  type Logger,
} from '@ml-platform/kube';
import { apiVersionOf } from './kinds';
import type { KubeObject } from './objects';

/** Told of what changes; `previous` is what the cache held before. */
export interface CacheHandler<T> {
  changed?(object: T, previous: T | undefined): void;
  removed?(object: T): void;
}

/**
 * All objects of one kind, kept up to date by a watch. A name that passes to
 * another object is told as one removed and one new.
 */
export class ObjectCache<T extends KubeObject> {
  readonly #objects = new Map<string, T>();
  readonly #watcher: Watcher<T>;
  readonly #synced: Promise<void>;

  constructor(options: {
    readonly client: KubeClient;
    readonly resource: Resource;
    readonly fieldSelector?: string;
    readonly labelSelector?: string;
    readonly logger: Logger;
    readonly handler?: CacheHandler<T>;
    /** Keeps only what is needed of an object; default all. */
    readonly keep?: (object: T) => T;
  }) {
    const { resource, logger, handler = {}, keep = whole => whole } = options;
    let setSynced: () => void = () => {};
    this.#synced = new Promise(resolve => {
      setSynced = resolve;
    });
    this.#watcher = new Watcher<T>({
      client: options.client,
      path: resourcePath(resource),
      fieldSelector: options.fieldSelector,
      labelSelector: options.labelSelector,
      backoff: { min: 200, max: 10_000 },
      logger,
      handler: {
        upsert: (key, received) => {
          // Items of a list come without kind and apiVersion.
          const object = {
            ...keep(received),
            apiVersion: apiVersionOf(resource),
            kind: resource.kind,
          };
          const previous = this.#objects.get(key);
          this.#objects.set(key, object);
          const same = previous?.metadata.uid === object.metadata.uid;
          if (previous && !same) {
            handler.removed?.(previous);
          }
          handler.changed?.(object, same ? previous : undefined);
        },
        remove: key => {
          const object = this.#objects.get(key);
          this.#objects.delete(key);
          if (object) {
            handler.removed?.(object);
          }
        },
        synced: setSynced,
        status: status => {
          if (!status.ok) {
            logger.warn(
              `Watch of ${resource.plural} is down, will retry: ${status.error}`,
            );
          }
        },
      },
    });
  }

  /** Runs until the signal. */
  run(signal: AbortSignal): Promise<void> {
    return this.#watcher.run(signal);
  }

  /** Resolves when the first list is in. */
  synced(): Promise<void> {
    return this.#synced;
  }

  get(namespace: string | undefined, name: string): T | undefined {
    return this.#objects.get(namespace ? `${namespace}/${name}` : name);
  }

  /** The objects that match, or all. */
  list(matches: (object: T) => boolean = () => true): T[] {
    return [...this.#objects.values()].filter(matches);
  }
}
