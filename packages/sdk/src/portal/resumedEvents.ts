import { Backoff, sleep } from '@ml-platform/kube';
import { isError } from '@backstage/errors';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { isRefusal } from './portalError';

export interface ResumedEventsOptions<Event> {
  /** Opens the stream after the event with an id, or from its start. */
  readonly open: (
    lastId: string | undefined,
    signal: AbortSignal,
  ) => Promise<ReadableStream<Uint8Array>>;
  /** Reads an event; `undefined` for one that is of no use. */
  readonly read: (
    message: EventSourceMessage,
    signal: AbortSignal,
  ) => Promise<Event | undefined>;
  readonly signal: AbortSignal;
  /** Waits between two connections. */
  readonly backoff?: Backoff;
  /** Milliseconds without anything, heartbeats included, until a connection is dead. */
  readonly silenceMs?: number;
}

/** An event, or that the connection broke and is made again. */
export type Resumed<Event> =
  | { readonly type: 'event'; readonly event: Event }
  | { readonly type: 'interrupted'; readonly error: Error };

const SILENCE = 60_000;

/**
 * The messages of a body, until it ends or the signal aborts. One that is cut off doesn't
 * count. The body is told of an abort as well as the request: Node forgets to end a
 * request whose object it has collected meanwhile.
 */
export async function* eventMessages(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  onChunk: () => void = () => {},
): AsyncGenerator<EventSourceMessage, void> {
  const decoder = new TextDecoder();
  const complete: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: message => complete.push(message) });
  const reader = body.getReader();
  // A body that has already failed doesn't need to be cancelled.
  const cancel = () => reader.cancel().catch(() => {});
  signal.addEventListener('abort', cancel);
  try {
    let chunk = await reader.read();
    while (!chunk.done) {
      onChunk();
      parser.feed(decoder.decode(chunk.value, { stream: true }));
      yield* complete.splice(0);
      chunk = await reader.read();
    }
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener('abort', cancel);
    await cancel();
  }
}

/** Reads one connection. */
async function* connection(
  options: ResumedEventsOptions<unknown> & {
    readonly lastId: string | undefined;
    readonly onOpen: () => void;
  },
): AsyncGenerator<EventSourceMessage, void> {
  const { silenceMs = SILENCE } = options;
  const leaving = new AbortController();
  const silent = () =>
    leaving.abort(
      new Error(`Nothing came from the portal for ${silenceMs / 1_000} s`),
    );
  let timer = setTimeout(silent, silenceMs);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(silent, silenceMs);
  };
  const signal = AbortSignal.any([options.signal, leaving.signal]);
  try {
    const body = await options.open(options.lastId, signal);
    options.onOpen();
    yield* eventMessages(body, signal, heard);
  } finally {
    clearTimeout(timer);
    leaving.abort();
  }
}

/**
 * Reads server-sent events over as many connections as it takes, each from the
 * event after the last. Ends when the signal aborts.
 *
 * @throws what the first connection fails with, and what later ones are refused with
 */
export async function* resumedEvents<Event>(
  options: ResumedEventsOptions<Event>,
): AsyncGenerator<Resumed<Event>, void> {
  const { read, signal } = options;
  const { backoff = new Backoff({ min: 500, max: 15_000 }) } = options;
  let opened = false;
  let lastId: string | undefined;
  const onOpen = () => {
    opened = true;
  };
  while (!signal.aborted) {
    let error = new Error('The portal closed the connection');
    try {
      for await (const message of connection({ ...options, lastId, onOpen })) {
        const event = await read(message, signal);
        lastId = message.id ?? lastId;
        backoff.reset();
        if (event !== undefined) {
          yield { type: 'event', event };
        }
      }
    } catch (failure) {
      if (signal.aborted) {
        return;
      }
      if (!opened || isRefusal(failure) || !isError(failure)) {
        throw failure;
      }
      error = failure;
    }
    if (!signal.aborted) {
      yield { type: 'interrupted', error };
      await sleep(backoff.next(), signal);
    }
  }
}
