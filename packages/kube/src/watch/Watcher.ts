import { InputError, NotFoundError } from '@backstage/errors';
import { ResourceExpiredError } from '../http/errors';
import { IdleError, StreamBrokenError } from '../http/lines';
import { Backoff } from './Backoff';
import { isLaterVersion } from './isLaterVersion';
import { readList } from './readList';
import { sleep } from './sleep';
import { watchEvents, type WatchEvent } from './watchEvents';
import { watchFailure } from './watchFailure';
import type { WatcherOptions } from './WatcherOptions';
import { WatchStore, type KubeObject } from './WatchStore';

/** Milliseconds in which a WatchList has to say that it is complete. */
const WATCH_LIST_IDLE = 5_000;

/**
 * Follows one collection of one cluster for as long as it is wanted: lists, then
 * watches from that version, and lists again only when the server has forgotten
 * it. Starts with a streaming list (WatchList, Kubernetes 1.32) where the server
 * has it, otherwise with a list in pages.
 */
export class Watcher<Obj extends KubeObject> {
  readonly #options: WatcherOptions<Obj>;
  readonly #store: WatchStore<Obj>;
  readonly #backoff: Backoff;
  #version = '';
  #listed = false;
  #watchList = true;
  #ok: boolean | undefined;
  #error: string | undefined;
  #lists = 0;

  constructor(options: WatcherOptions<Obj>) {
    this.#options = options;
    this.#store = new WatchStore(options);
    this.#backoff = new Backoff({
      min: options.backoff?.min ?? 500,
      max: options.backoff?.max ?? 30_000,
      random: options.random,
    });
  }

  /** Number of lists after the first: each costs the server a full read. */
  get relistCount(): number {
    return Math.max(0, this.#lists - 1);
  }

  /**
   * Takes up an object that another answer of the server had before the watch
   * told of it. One that the watch must have passed by already is gone again.
   */
  take(object: Obj): void {
    const { resourceVersion = '' } = object.metadata;
    if (this.#listed && isLaterVersion(resourceVersion, this.#version)) {
      this.#store.put(object);
    }
  }

  /** Runs until the signal aborts; never throws. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (!this.#listed) {
          await this.#list(signal);
        } else {
          await this.#watch(signal);
        }
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        await this.#recover(error, signal);
      }
    }
  }

  async #recover(error: unknown, signal: AbortSignal): Promise<void> {
    if (error instanceof IdleError) {
      // Also what a quiet collection looks like; the next watch tells.
      return;
    }
    if (error instanceof ResourceExpiredError) {
      this.#options.logger.debug(`${this.#options.path}: version expired`);
      this.#listed = false;
      return;
    }
    if (error instanceof StreamBrokenError) {
      this.#options.logger.debug(`${this.#options.path}: ${error.message}`);
    } else {
      // A kind that comes back has no history to go on from.
      this.#listed &&= !(error instanceof NotFoundError);
      this.#setStatus(false, watchFailure(error, this.#options.path));
    }
    await sleep(this.#backoff.next(), signal);
  }

  async #list(signal: AbortSignal): Promise<void> {
    this.#lists += 1;
    this.#store.beginRelist();
    if (this.#watchList) {
      try {
        await this.#streamList(signal);
        return;
      } catch (error) {
        // A server without WatchList refuses the parameter, or ignores it and
        // never says that the initial events are complete.
        const unsupported =
          error instanceof InputError || error instanceof IdleError;
        if (this.#listed || !unsupported) {
          throw error;
        }
        this.#watchList = false;
        this.#store.beginRelist();
      }
    }
    await this.#pagedList(signal);
    this.#setListed();
  }

  #setListed(): void {
    this.#store.endRelist();
    this.#listed = true;
    this.#setStatus(true);
    this.#backoff.reset();
  }

  /** The list as a watch, which then goes on as the watch. */
  async #streamList(signal: AbortSignal): Promise<void> {
    const events = watchEvents<Obj>({
      client: this.#options.client,
      path: this.#options.path,
      query: {
        ...this.#selectors(),
        sendInitialEvents: true,
        resourceVersionMatch: 'NotOlderThan',
        timeoutSeconds: this.#watchSeconds(),
      },
      signal,
      idleMs: () => (this.#listed ? this.#idleMs() : WATCH_LIST_IDLE),
    });
    await this.#consume(events, event => {
      if (event.type === 'BOOKMARK' && event.initialEventsEnd) {
        this.#setListed();
      }
    });
    if (!this.#listed) {
      throw new IdleError('The streaming list ended before it was complete');
    }
  }

  async #pagedList(signal: AbortSignal): Promise<void> {
    const { client, path, pageSize = 500, timeoutMs, handler } = this.#options;
    const version = await readList<Obj>({
      client,
      path,
      query: this.#selectors(),
      pageSize,
      timeoutMs,
      signal,
      onItem: item => this.#store.put(item),
      onRestart: () => this.#store.beginRelist(),
      onProgress: progress => {
        handler.heard?.();
        handler.progress?.(progress);
      },
    });
    this.#version = version ?? this.#version;
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const events = watchEvents<Obj>({
      client: this.#options.client,
      path: this.#options.path,
      query: {
        ...this.#selectors(),
        resourceVersion: this.#version,
        timeoutSeconds: this.#watchSeconds(),
      },
      signal,
      idleMs: () => this.#idleMs(),
      onOpen: () => this.#setStatus(true),
    });
    const count = await this.#consume(events);
    if (count === 0) {
      // Don't spin on a server that ends every watch at once.
      await sleep(this.#backoff.next(), signal);
    }
  }

  async #consume(
    events: AsyncGenerator<WatchEvent<Obj>[]>,
    seen: (event: WatchEvent<Obj>) => void = () => {},
  ): Promise<number> {
    const { handler } = this.#options;
    let count = 0;
    for await (const batch of events) {
      handler.heard?.();
      for (const event of batch) {
        this.#apply(event);
        seen(event);
      }
      count += batch.length;
      if (!this.#listed) {
        handler.progress?.({ read: this.#store.size });
      }
      this.#backoff.reset();
    }
    return count;
  }

  #idleMs(): number {
    return this.#options.idleMs ?? 90_000;
  }

  /** Seconds; differs so that the reconnects of many watchers spread out. */
  #watchSeconds(): number {
    const { random = Math.random } = this.#options;
    return Math.round(240 + 120 * random());
  }

  #apply(event: WatchEvent<Obj>): void {
    if (event.type === 'BOOKMARK') {
      this.#version = event.version || this.#version;
      return;
    }
    if (event.type === 'DELETED') {
      this.#store.delete(event.object);
    } else {
      this.#store.put(event.object);
    }
    this.#version = event.object.metadata.resourceVersion ?? this.#version;
  }

  #selectors() {
    const { labelSelector, fieldSelector } = this.#options;
    return { labelSelector, fieldSelector };
  }

  #setStatus(ok: boolean, error?: string): void {
    if (this.#ok !== ok || this.#error !== error) {
      this.#ok = ok;
      this.#error = error;
      this.#options.handler.status({ ok, error });
    }
  }
}
