import { type KubeClient, resourcePath, Watcher } from '@ml-platform/sdk';
import type { Logger } from '../../platformTypes';
import type { KubeObject } from './objects';
import { apiVersionOf, type Resource } from './resources';

/** A local copy of all objects of one kind, kept up to date by a watch. */
export class Informer<T extends KubeObject> {
  readonly #signal: AbortSignal;
  readonly #objects = new Map<string, T>();
  readonly #listeners: ((object: T) => void)[] = [];
  readonly #watcher: Watcher<T, T>;
  #onSynced: (() => void) | undefined;

  constructor(options: {
    readonly client: KubeClient;
    readonly resource: Resource;
    readonly labelSelector?: string;
    readonly logger: Logger;
    readonly signal: AbortSignal;
  }) {
    const { resource, logger } = options;
    this.#signal = options.signal;
    const typeMeta = {
      apiVersion: apiVersionOf(resource),
      kind: resource.kind,
    };
    this.#watcher = new Watcher<T, T>({
      client: options.client,
      path: resourcePath(resource),
      labelSelector: options.labelSelector,
      backoff: { min: 200, max: 10_000 },
      logger,
      // Items of a list come without kind and apiVersion.
      toRow: object => ({ ...object, ...typeMeta }),
      handler: {
        upsert: (key, object) => {
          const before = this.#objects.get(key);
          this.#objects.set(key, object);
          if (before && before.metadata.uid !== object.metadata.uid) {
            // The name passed to another object: the owner of the first one
            // has to hear that it is gone.
            this.#tell(before);
          }
          this.#tell(object);
        },
        remove: (key, object) => {
          this.#objects.delete(key);
          this.#tell(object);
        },
        synced: () => {
          this.#onSynced?.();
          this.#onSynced = undefined;
        },
        status: ({ ok, error }) => {
          if (!ok) {
            logger.warn(
              `Watch of ${resource.plural} is down, will retry: ${error}`,
            );
          }
        },
      },
    });
  }

  /** Calls with each new state of an object; of a deletion with the last one known. */
  subscribe(listener: (object: T) => void): void {
    this.#listeners.push(listener);
  }

  get(namespace: string, name: string): T | undefined {
    return this.#objects.get(`${namespace}/${name}`);
  }

  list(matches: (object: T) => boolean): T[] {
    return [...this.#objects.values()].filter(matches);
  }

  /** Runs until the signal; `synced` is called once, after the first list. */
  run(synced: () => void): Promise<void> {
    this.#onSynced = synced;
    return this.#watcher.run(this.#signal);
  }

  #tell(object: T): void {
    for (const listener of this.#listeners) {
      listener(object);
    }
  }
}

export function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace}/${object.metadata.name}`;
}
