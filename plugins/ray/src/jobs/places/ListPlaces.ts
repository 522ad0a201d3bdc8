import { createApiRef } from '@backstage/frontend-plugin-api';

/** Where somebody was in a list. */
export interface ListPlace {
  /** Key of the entry in the browser's history. */
  readonly key: string;
  /** Address of the list: its path, and its query with the `?`. */
  readonly path: string;
  readonly search: string;
  /** Number of rows that were loaded. */
  readonly rows: number;
  /** Where the first row was, in pixels below the top of the window. */
  readonly top: number;
}

/** Places that are remembered at most. */
const MOST = 50;

/** Remembers where people were in the lists of this window, for when they come back. */
export class ListPlaces {
  readonly #places = new Map<string, ListPlace>();

  keep(place: ListPlace): void {
    // The one that was left last is at the end.
    this.#places.delete(place.key);
    this.#places.set(place.key, place);
    for (const key of this.#places.keys()) {
      if (this.#places.size > MOST) {
        this.#places.delete(key);
      }
    }
  }

  get(key: string): ListPlace | undefined {
    return this.#places.get(key);
  }

  /** The place that was left last of the list at a path. */
  last(path: string): ListPlace | undefined {
    return [...this.#places.values()]
      .reverse()
      .find(each => each.path === path);
  }
}

export const listPlacesApiRef = createApiRef<ListPlaces>().with({
  id: 'plugin.ray.list-places',
  pluginId: 'ray',
});
