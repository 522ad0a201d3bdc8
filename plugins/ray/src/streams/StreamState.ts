/** The state of a live stream. */
export type StreamState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** The connection was lost. The next try is running or about to start. */
  | { readonly kind: 'reconnecting'; readonly error: Error }
  /** Refused: for example, no permission or no such job. Isn't tried again. */
  | { readonly kind: 'failed'; readonly error: Error };

/** Closes a stream. No handler is called afterwards. */
export type CloseStream = () => void;
