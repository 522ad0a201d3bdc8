import { createApiRef, type StorageApi } from '@backstage/frontend-plugin-api';

/** The browser's time zone, or UTC. */
export type ZoneChoice = 'local' | 'utc';

/** The one time zone that all pages of the plugin show times in. */
export interface TimeZones {
  readonly choice: ZoneChoice;
  /** IANA name of the chosen zone. */
  readonly zone: string;
  /** IANA name of the browser's zone. */
  readonly local: string;
  /** Changes the zone on all pages, and keeps the choice for the user. */
  choose(choice: ZoneChoice): void;
  /** Calls `listener` after each change. @returns a function to unsubscribe */
  subscribe(listener: () => void): () => void;
}

export const timeZonesApiRef = createApiRef<TimeZones>().with({
  id: 'plugin.ray.time-zones',
  pluginId: 'ray',
});

export interface StoredTimeZonesOptions {
  readonly storageApi: StorageApi;
  /** IANA name of the browser's zone. */
  readonly local: string;
}

const KEY = 'timeZone';

function readChoice(value: unknown): ZoneChoice {
  return value === 'utc' ? 'utc' : 'local';
}

/** {@link TimeZones} that keep the choice in the user's settings. */
export class StoredTimeZones implements TimeZones {
  readonly local: string;
  readonly #bucket: StorageApi;
  readonly #listeners = new Set<() => void>();
  #choice: ZoneChoice;

  constructor({ storageApi, local }: StoredTimeZonesOptions) {
    this.local = local;
    this.#bucket = storageApi.forBucket('ray');
    this.#choice = readChoice(this.#bucket.snapshot(KEY).value);
    this.#bucket.observe$(KEY).subscribe(({ value }) => {
      this.#set(readChoice(value));
    });
  }

  get choice(): ZoneChoice {
    return this.#choice;
  }

  get zone(): string {
    return this.#choice === 'utc' ? 'UTC' : this.local;
  }

  choose(choice: ZoneChoice): void {
    this.#set(choice);
    // If the choice can't be stored, it still applies until the page reloads.
    this.#bucket.set(KEY, choice).catch(() => {});
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #set(choice: ZoneChoice): void {
    if (choice !== this.#choice) {
      this.#choice = choice;
      this.#listeners.forEach(listener => listener());
    }
  }
}
