interface Operation<T, E> {
  readonly events: E[];
  readonly listeners: Set<(event: E) => void>;
  readonly abort: AbortController;
  readonly result: Promise<T>;
  waiting: number;
}

/**
 * Lets callers that want the same thing at the same time share one operation.
 * Each sees all of its events, those before it came first. The operation is
 * aborted when the last of its callers gave up.
 */
export class SharedOperations<T, E> {
  readonly #running = new Map<string, Operation<T, E>>();

  /** @throws {Error} what the operation throws, or the reason of the caller's signal */
  async run(
    key: string,
    start: (emit: (event: E) => void, signal: AbortSignal) => Promise<T>,
    caller: {
      readonly onEvent?: (event: E) => void;
      readonly signal?: AbortSignal;
    },
  ): Promise<T> {
    const { onEvent, signal } = caller;
    signal?.throwIfAborted();
    const operation = this.#running.get(key) ?? this.#start(key, start);
    operation.waiting += 1;
    if (onEvent) {
      operation.events.forEach(event => onEvent(event));
      operation.listeners.add(onEvent);
    }
    let leave: (() => void) | undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal?.reason);
      signal?.addEventListener('abort', leave, { once: true });
    });
    try {
      return await Promise.race([operation.result, left]);
    } finally {
      if (leave) signal?.removeEventListener('abort', leave);
      if (onEvent) operation.listeners.delete(onEvent);
      operation.waiting -= 1;
      if (operation.waiting === 0) {
        // Who comes now starts anew rather than joining what is over or being
        // undone.
        if (this.#running.get(key) === operation) this.#running.delete(key);
        operation.abort.abort();
        await operation.result.catch(() => undefined);
      }
    }
  }

  #start(
    key: string,
    start: (emit: (event: E) => void, signal: AbortSignal) => Promise<T>,
  ): Operation<T, E> {
    const abort = new AbortController();
    const events: E[] = [];
    const listeners = new Set<(event: E) => void>();
    const emit = (event: E) => {
      events.push(event);
      listeners.forEach(listener => listener(event));
    };
    const operation: Operation<T, E> = {
      events,
      listeners,
      abort,
      result: start(emit, abort.signal),
      waiting: 0,
    };
    this.#running.set(key, operation);
    return operation;
  }
}
