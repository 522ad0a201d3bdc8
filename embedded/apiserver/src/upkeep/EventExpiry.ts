import { ObjectStore } from '../store/ObjectStore';

const SWEEPS_PER_TTL = 60;

/** Removes events that nothing has written to for a while, as Kubernetes' lease on them does. */
export class EventExpiry {
  readonly #store: ObjectStore;
  readonly #ttlMs: number;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: {
    readonly store: ObjectStore;
    readonly ttlMs: number;
    readonly now: () => number;
  }) {
    this.#store = options.store;
    this.#ttlMs = options.ttlMs;
    this.#now = options.now;
  }

  start(): void {
    this.sweep();
    this.#timer = setInterval(() => this.sweep(), this.#ttlMs / SWEEPS_PER_TTL);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  sweep(): void {
    const oldest = this.#now() - this.#ttlMs;
    for (const stored of [...this.#store.list('events')]) {
      if (stored.writtenAt < oldest) {
        this.#store.delete('events', stored.object);
      }
    }
  }
}
