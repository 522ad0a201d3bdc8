import { createParser, type EventSourceMessage } from 'eventsource-parser';

export interface ReadEventsOptions {
  readonly body: ReadableStream<Uint8Array>;
  /** Stops the reading; no event is passed on afterwards. */
  readonly signal: AbortSignal;
  /** Called for each chunk, including heartbeats that carry no event. */
  readonly onChunk: () => void;
  readonly onEvent: (event: EventSourceMessage) => void;
}

/**
 * Reads server-sent events until the body ends or the signal is aborted. An
 * event that the connection cut off is not passed on.
 */
export async function readEvents(options: ReadEventsOptions): Promise<void> {
  const { body, signal, onChunk, onEvent } = options;
  const decoder = new TextDecoder();
  const parser = createParser({
    onEvent: event => {
      if (!signal.aborted) {
        onEvent(event);
      }
    },
  });
  const reader = body.getReader();
  // A body that has already failed can't be cancelled, and needs not be.
  const cancel = () => reader.cancel().catch(() => {});
  signal.addEventListener('abort', cancel);
  try {
    let chunk = await reader.read();
    while (!chunk.done && !signal.aborted) {
      onChunk();
      parser.feed(decoder.decode(chunk.value, { stream: true }));
      chunk = await reader.read();
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    await cancel();
  }
}
