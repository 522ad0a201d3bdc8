/** Sets of values by key; a set that gets empty is let go. */
export class KeyedSets<Value> {
  readonly #sets = new Map<string, Set<Value>>();

  of(key: string): Iterable<Value> {
    return this.#sets.get(key) ?? [];
  }

  add(key: string, value: Value): void {
    const set = this.#sets.get(key) ?? new Set<Value>();
    this.#sets.set(key, set.add(value));
  }

  delete(key: string, value: Value): void {
    const set = this.#sets.get(key);
    set?.delete(value);
    if (set?.size === 0) {
      this.#sets.delete(key);
    }
  }

  clear(): void {
    this.#sets.clear();
  }
}
