import { createApiRef, type StorageApi } from '@backstage/frontend-plugin-api';

/** Filters and an order of the list that the user gave a name. */
export interface SavedView {
  readonly name: string;
  /** As the address of the list has them. */
  readonly query: string;
}

/** The views of the list that the user keeps, on all their devices. */
export interface SavedViews {
  /** By name; the same object until they change. */
  readonly all: readonly SavedView[];
  /**
   * Takes the place of a view with the same name.
   *
   * @throws {Error} when there are too many, or they can't be stored
   */
  save(view: SavedView): Promise<void>;
  /** @throws {Error} when the others can't be stored */
  remove(name: string): Promise<void>;
  /** Calls `listener` after each change. @returns a function to unsubscribe */
  subscribe(listener: () => void): () => void;
}

export const savedViewsApiRef = createApiRef<SavedViews>().with({
  id: 'plugin.ray.saved-views',
  pluginId: 'ray',
});

/** The most views that a user can keep, and characters in the name of one. */
export const MOST_VIEWS = 50;
export const LONGEST_NAME = 60;

const KEY = 'jobViews';

function isView(value: unknown): value is SavedView {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    'query' in value &&
    typeof value.name === 'string' &&
    typeof value.query === 'string'
  );
}

function readViews(value: unknown): readonly SavedView[] {
  return Array.isArray(value) ? value.filter(isView) : [];
}

/** {@link SavedViews} in the user's settings. */
export class StoredViews implements SavedViews {
  readonly #bucket: StorageApi;
  readonly #listeners = new Set<() => void>();
  #all: readonly SavedView[];

  constructor({ storageApi }: { readonly storageApi: StorageApi }) {
    this.#bucket = storageApi.forBucket('ray');
    this.#all = readViews(this.#bucket.snapshot(KEY).value);
    this.#bucket.observe$(KEY).subscribe(({ value }) => {
      this.#all = readViews(value);
      this.#listeners.forEach(listener => listener());
    });
  }

  get all(): readonly SavedView[] {
    return this.#all;
  }

  async save(view: SavedView): Promise<void> {
    const others = this.#all.filter(({ name }) => name !== view.name);
    if (others.length >= MOST_VIEWS) {
      throw new Error(
        `You can keep ${MOST_VIEWS} views. Delete one that you no longer need.`,
      );
    }
    await this.#store([...others, view]);
  }

  remove(name: string): Promise<void> {
    return this.#store(this.#all.filter(view => view.name !== name));
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #store(views: readonly SavedView[]): Promise<void> {
    const sorted = [...views].sort((a, b) => a.name.localeCompare(b.name));
    return this.#bucket.set(
      KEY,
      sorted.map(({ name, query }) => ({ name, query })),
    );
  }
}
