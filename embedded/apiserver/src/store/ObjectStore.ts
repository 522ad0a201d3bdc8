import { KubeObject, objectKey } from '../model/KubeObject';
import { Change, ChangeHistory } from './ChangeHistory';
import { byKey, Collection } from './Collection';
import { ObjectDatabase } from './ObjectDatabase';
import { StoredObject } from './StoredObject';

export type ChangeListener = (change: Change) => void;

interface Shelf {
  readonly collection: Collection;
  readonly history: ChangeHistory;
  readonly listeners: Set<ChangeListener>;
}

/**
 * All objects of the server, in memory and in the database. Each write gets
 * the next resourceVersion and reaches the listeners before it returns; as
 * nothing in between waits, no two writes interleave.
 */
export class ObjectStore {
  readonly #database: ObjectDatabase;
  readonly #now: () => number;
  readonly #historyLimit: number;
  readonly #shelves = new Map<string, Shelf>();
  readonly #startVersion: number;
  #version: number;

  constructor(options: {
    readonly database: ObjectDatabase;
    readonly now: () => number;
    /** Changes kept for each storage. */
    readonly historyLimit: number;
  }) {
    this.#database = options.database;
    this.#now = options.now;
    this.#historyLimit = options.historyLimit;
    // 0 means "any version" to clients, so the first real one is 1.
    this.#version = Math.max(1, options.database.resourceVersion());
    this.#startVersion = this.#version;
    for (const row of options.database.rows()) {
      this.#shelf(row.storage).collection.set(
        new StoredObject({ ...row, object: JSON.parse(row.json) }),
      );
    }
  }

  /** The version of the last write. */
  get version(): number {
    return this.#version;
  }

  get(
    storage: string,
    namespace: string | undefined,
    name: string,
  ): StoredObject | undefined {
    return this.#shelf(storage).collection.get(objectKey(namespace, name));
  }

  list(storage: string, namespace?: string): readonly StoredObject[] {
    return this.#shelf(storage).collection.list(namespace);
  }

  /** The list as it was at a version, or undefined where that is forgotten. */
  listAt(
    storage: string,
    namespace: string | undefined,
    version: number,
  ): readonly StoredObject[] | undefined {
    const { collection, history } = this.#shelf(storage);
    const later = history.since(version);
    if (!later?.length) {
      return later && collection.list(namespace);
    }
    const then = new Map(collection.list().map(one => [one.key, one]));
    for (const change of [...later].reverse()) {
      if (change.previous) {
        then.set(change.key, change.previous);
      } else {
        then.delete(change.key);
      }
    }
    return [...then.values()]
      .filter(one => !namespace || one.key.startsWith(`${namespace}/`))
      .sort(byKey);
  }

  /** Stores the object under a new resourceVersion, which the answer carries. */
  put(storage: string, object: KubeObject): StoredObject {
    const { namespace, name } = object.metadata;
    const key = objectKey(namespace, name);
    const { collection } = this.#shelf(storage);
    const previous = collection.get(key);
    const version = this.#version + 1;
    const stored = this.#stamped(key, object, version);
    this.#database.put({
      storage,
      key,
      version,
      writtenAt: stored.writtenAt,
      json: stored.json,
    });
    this.#version = version;
    collection.set(stored);
    this.#tell(storage, { version, key, current: stored, previous });
    return stored;
  }

  /** Removes the object; the answer is its last state, with a version of its own. */
  delete(storage: string, object: KubeObject): StoredObject {
    const { namespace, name } = object.metadata;
    const key = objectKey(namespace, name);
    const { collection } = this.#shelf(storage);
    const previous = collection.get(key);
    const version = this.#version + 1;
    const deleted = this.#stamped(key, object, version);
    this.#database.delete(storage, key, version);
    this.#version = version;
    collection.delete(key);
    this.#tell(storage, {
      version,
      key,
      current: undefined,
      previous,
      deleted,
    });
    return deleted;
  }

  /** Changes after a version, or undefined where some are forgotten. */
  changesSince(
    storage: string,
    version: number,
  ): readonly Change[] | undefined {
    return this.#shelf(storage).history.since(version);
  }

  /** The oldest version that a watch can resume from. */
  oldestVersion(storage: string): number {
    return this.#shelf(storage).history.floor;
  }

  /** Calls the listener with each later change, until the answer is called. */
  listen(storage: string, listener: ChangeListener): () => void {
    const { listeners } = this.#shelf(storage);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  close(): void {
    this.#database.close();
  }

  #stamped(key: string, object: KubeObject, version: number): StoredObject {
    return new StoredObject({
      key,
      object: {
        ...object,
        metadata: { ...object.metadata, resourceVersion: String(version) },
      },
      version,
      writtenAt: this.#now(),
    });
  }

  #tell(storage: string, change: Change): void {
    const { history, listeners } = this.#shelf(storage);
    history.add(change);
    for (const listener of [...listeners]) {
      listener(change);
    }
  }

  #shelf(storage: string): Shelf {
    let shelf = this.#shelves.get(storage);
    if (!shelf) {
      shelf = {
        collection: new Collection(),
        history: new ChangeHistory({
          floor: this.#startVersion,
          limit: this.#historyLimit,
        }),
        listeners: new Set(),
      };
      this.#shelves.set(storage, shelf);
    }
    return shelf;
  }
}
