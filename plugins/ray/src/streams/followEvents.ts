import { openEventStream } from './openEventStream';
import type { CloseStream, StreamState } from './StreamState';

export interface StreamHandlers<TEvent> {
  readonly onEvent: (event: TEvent) => void;
  readonly onState: (state: StreamState) => void;
}

/** Passes on the named events, and skips others that a newer backend may send. */
export function followEvents<
  TEvent extends { readonly event: string; readonly data: unknown },
>(options: {
  readonly fetch: typeof fetch;
  /** Address for the next connection; `cursor` is the last event id seen. */
  readonly url: (cursor: string | undefined) => string;
  readonly names: readonly TEvent['event'][];
  /** The event that ends the stream. */
  readonly last?: TEvent['event'];
  readonly handlers: StreamHandlers<TEvent>;
}): CloseStream {
  const { url, names, last, handlers } = options;
  return openEventStream({
    url,
    fetch: options.fetch,
    onState: handlers.onState,
    onMessage: ({ event, data }) => {
      const name = names.find(each => each === event);
      if (name) {
        handlers.onEvent({ event: name, data: JSON.parse(data) } as TEvent);
      }
      return event === last;
    },
  });
}
