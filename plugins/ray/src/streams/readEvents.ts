import { createParser, type EventSourceMessage } from 'eventsource-parser';

export interface ReadEventsOptions {
  readonly body: ReadableStream<Uint8Array>;
  /** Stops reading. No event is passed on afterwards. */
  readonly signal: AbortSignal;
  /** Called for each chunk, including heartbeats that carry no event. */
  readonly onChunk?: () => void;
  readonly onEvent: (event: EventSourceMessage) => void;
}

/**
 * Reads server-sent events until the body ends or the signal is aborted. Doesn't
 * pass on an event that was cut off.
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
  // A body that has already failed doesn't need to be cancelled.
  const cancel = () => reader.cancel().catch(() => {});
  signal.addEventListener('abort', cancel);
  try {
    let chunk = await reader.read();
    while (!chunk.done && !signal.aborted) {
      onChunk?.();
      parser.feed(decoder.decode(chunk.value, { stream: true }));
      chunk = await reader.read();
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    await cancel();
  }
}
