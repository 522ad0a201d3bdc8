/** How a live stream stands. */
export type StreamState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** The connection was lost; the next try is under way or about to start. */
  | { readonly kind: 'reconnecting'; readonly error: Error }
  /** Refused for good: missing permission, or no such job. */
  | { readonly kind: 'failed'; readonly error: Error };

/** Closes a stream; no handler is called afterwards. */
export type CloseStream = () => void;
