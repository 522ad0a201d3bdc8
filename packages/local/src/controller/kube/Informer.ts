import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../platformTypes';
import type { KubeClient } from './KubeClient';
import { errorFor, GoneError, sentenceOf } from './kubeErrors';
import type { KubeObject } from './objects';
import { readLines } from './readLines';
import { apiVersionOf, pathOf, type Resource } from './resources';

const PAGE = 500;
const WATCH_SECONDS = 300;
const LONGEST_PAUSE_MS = 10_000;

interface WatchEvent<T> {
  readonly type: string;
  readonly object: T & { readonly code?: number; readonly message?: string };
}

/**
 * A local copy of all objects of one kind: list, then watch from there; watch
 * again from the last version when the stream ends; list again where that
 * version is gone (410). Listeners hear of every difference, also of those
 * that a new list shows.
 */
export class Informer<T extends KubeObject> {
  readonly #client: KubeClient;
  readonly #resource: Resource;
  readonly #labelSelector: string | undefined;
  readonly #logger: Logger;
  readonly #signal: AbortSignal;
  readonly #listeners: ((object: T) => void)[] = [];
  #store = new Map<string, T>();
  #version: string | undefined;
  #synced = false;

  constructor(options: {
    readonly client: KubeClient;
    readonly resource: Resource;
    readonly labelSelector?: string;
    readonly logger: Logger;
    readonly signal: AbortSignal;
  }) {
    this.#client = options.client;
    this.#resource = options.resource;
    this.#labelSelector = options.labelSelector;
    this.#logger = options.logger;
    this.#signal = options.signal;
  }

  /** Calls with each new state of an object; of a deletion with the last one known. */
  subscribe(listener: (object: T) => void): void {
    this.#listeners.push(listener);
  }

  get(namespace: string, name: string): T | undefined {
    return this.#store.get(`${namespace}/${name}`);
  }

  list(matches: (object: T) => boolean): T[] {
    return [...this.#store.values()].filter(matches);
  }

  /** Runs until the signal; `synced` is called after the first list. */
  async run(synced: () => void): Promise<void> {
    let pauseMs = 200;
    while (!this.#signal.aborted) {
      try {
        if (this.#version === undefined) {
          await this.#relist();
          if (!this.#synced) {
            this.#synced = true;
            synced();
          }
        }
        await this.#watch();
        pauseMs = 200;
      } catch (error) {
        if (this.#signal.aborted) {
          return;
        }
        if (error instanceof GoneError) {
          this.#version = undefined;
        } else {
          this.#logger.warn(
            `Watch of ${this.#resource.plural} broke off, will retry: ${sentenceOf(error)}`,
          );
        }
        await sleep(pauseMs * (0.5 + Math.random()), undefined, {
          signal: this.#signal,
        }).catch(() => undefined);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  async #relist(): Promise<void> {
    const fresh = new Map<string, T>();
    let continueToken: string | undefined;
    let version: string | undefined;
    do {
      const page = await this.#client.list<T>(this.#resource, {
        labelSelector: this.#labelSelector,
        limit: PAGE,
        continueToken,
      });
      for (const item of page.items) {
        // Items of a list come without kind and apiVersion.
        const object = { ...this.#typeMeta(), ...item };
        fresh.set(keyOf(object), object);
      }
      version = page.metadata.resourceVersion;
      continueToken = page.metadata.continue || undefined;
    } while (continueToken);
    const before = this.#store;
    this.#store = fresh;
    this.#version = version;
    for (const [key, object] of before) {
      if (fresh.get(key)?.metadata.uid !== object.metadata.uid) {
        this.#onChange(object);
      }
    }
    for (const [key, object] of fresh) {
      const version0 = before.get(key)?.metadata.resourceVersion;
      if (version0 !== object.metadata.resourceVersion) {
        this.#onChange(object);
      }
    }
  }

  async #watch(): Promise<void> {
    const path = pathOf(this.#resource);
    const response = await this.#client.stream({
      method: 'GET',
      path,
      query: {
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: this.#version,
        labelSelector: this.#labelSelector,
        timeoutSeconds: String(Math.round(WATCH_SECONDS * (1 + Math.random()))),
      },
      signal: this.#signal,
      // Longer than the server keeps the stream: only a dead line is this quiet.
      timeoutMs: (2 * WATCH_SECONDS + 30) * 1000,
    });
    if (response.statusCode !== 200) {
      const chunks: Buffer[] = [];
      for await (const chunk of response) {
        chunks.push(chunk);
      }
      const body = Buffer.concat(chunks).toString('utf8');
      throw errorFor(response.statusCode ?? 0, body, `WATCH ${path}`);
    }
    for await (const line of readLines(response)) {
      this.#apply(JSON.parse(line));
    }
  }

  #apply(event: WatchEvent<T>): void {
    const { object } = event;
    if (event.type === 'ERROR') {
      const body = JSON.stringify(object);
      throw errorFor(
        object.code ?? 500,
        body,
        `WATCH ${this.#resource.plural}`,
      );
    }
    this.#version = object.metadata.resourceVersion;
    if (event.type === 'BOOKMARK') {
      return;
    }
    if (event.type === 'DELETED') {
      this.#store.delete(keyOf(object));
    } else {
      this.#store.set(keyOf(object), object);
    }
    this.#onChange(object);
  }

  #onChange(object: T): void {
    for (const listener of this.#listeners) {
      listener(object);
    }
  }

  #typeMeta() {
    return {
      apiVersion: apiVersionOf(this.#resource),
      kind: this.#resource.kind,
    };
  }
}

export function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace}/${object.metadata.name}`;
}
