/** Gathers keys, and hands them over together: once per pause, however many come. */
export class Gathered {
  readonly #pauseMs: number;
  readonly #onKeys: (keys: Iterable<string>) => void;
  #keys = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** @param pauseMs - milliseconds that a key waits at most */
  constructor(pauseMs: number, onKeys: (keys: Iterable<string>) => void) {
    this.#pauseMs = pauseMs;
    this.#onKeys = onKeys;
  }

  add(key: string): void {
    this.#keys.add(key);
    this.#timer ??= setTimeout(() => this.#tell(), this.#pauseMs).unref();
  }

  /** Takes a key out. @returns true for one that waited */
  take(key: string): boolean {
    return this.#keys.delete(key);
  }

  /** Takes all of them out. */
  clear(): void {
    this.#keys.clear();
  }

  #tell(): void {
    const keys = this.#keys;
    this.#keys = new Set();
    this.#timer = undefined;
    this.#onKeys(keys);
  }
}
