import { StoredObject } from './StoredObject';

/** The objects of one storage, in the order of their keys. */
export class Collection {
  readonly #objects = new Map<string, StoredObject>();
  #sorted: StoredObject[] | undefined = [];

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  set(stored: StoredObject): void {
    this.#objects.set(stored.key, stored);
    this.#sorted = undefined;
  }

  delete(key: string): void {
    this.#objects.delete(key);
    this.#sorted = undefined;
  }

  /** All objects, or those of a namespace. */
  list(namespace?: string): readonly StoredObject[] {
    this.#sorted ??= [...this.#objects.values()].sort(byKey);
    const prefix = `${namespace}/`;
    return namespace
      ? this.#sorted.filter(stored => stored.key.startsWith(prefix))
      : this.#sorted;
  }
}

/** By code unit, as etcd orders keys, and not by locale. */
export function byKey(a: StoredObject, b: StoredObject): number {
  if (a.key === b.key) {
    return 0;
  }
  return a.key < b.key ? -1 : 1;
}
