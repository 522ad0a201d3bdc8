import { createApiRef, type StorageApi } from '@backstage/frontend-plugin-api';
import type { ReadSetting } from './readSetting';

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
   * @throws {Error} when there are too many, or they can't be read or stored
   */
  save(view: SavedView): Promise<void>;
  /** @throws {Error} when the others can't be read or stored */
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

const BUCKET = 'ray';
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

export interface StoredViewsOptions {
  readonly storageApi: StorageApi;
  /** Asked before each change where the storage can't say what it has. */
  readonly readSetting: ReadSetting;
}

/** {@link SavedViews} in the user's settings. */
export class StoredViews implements SavedViews {
  readonly #bucket: StorageApi;
  readonly #readSetting: ReadSetting;
  readonly #listeners = new Set<() => void>();
  #all: readonly SavedView[];
  #change: Promise<void> = Promise.resolve();

  constructor({ storageApi, readSetting }: StoredViewsOptions) {
    this.#bucket = storageApi.forBucket(BUCKET);
    this.#readSetting = readSetting;
    this.#all = readViews(this.#bucket.snapshot(KEY).value);
    this.#bucket.observe$(KEY).subscribe(({ presence, value }) => {
      // Views are never removed as a whole: where there were some, they couldn't be loaded.
      if (presence === 'present') {
        this.#all = readViews(value);
        this.#listeners.forEach(listener => listener());
      }
    });
  }

  get all(): readonly SavedView[] {
    return this.#all;
  }

  save(view: SavedView): Promise<void> {
    return this.#store(all => {
      const others = all.filter(({ name }) => name !== view.name);
      if (others.length >= MOST_VIEWS) {
        throw new Error(
          `You can keep ${MOST_VIEWS} views. Delete one that you no longer need.`,
        );
      }
      return [...others, view];
    });
  }

  remove(name: string): Promise<void> {
    return this.#store(all => all.filter(view => view.name !== name));
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Changes the views as they are stored now, one change after the other. */
  #store(
    change: (all: readonly SavedView[]) => readonly SavedView[],
  ): Promise<void> {
    const store = async () => {
      const views = [...change(await this.#read())];
      views.sort((a, b) => a.name.localeCompare(b.name));
      await this.#bucket.set(
        KEY,
        views.map(({ name, query }) => ({ name, query })),
      );
    };
    const stored = this.#change.then(store);
    this.#change = stored.catch(() => {});
    return stored;
  }

  async #read(): Promise<readonly SavedView[]> {
    const { presence, value } = this.#bucket.snapshot(KEY);
    return readViews(
      presence === 'unknown' ? await this.#readSetting(BUCKET, KEY) : value,
    );
  }
}
