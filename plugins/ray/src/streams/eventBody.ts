/**
 * The body of a response that is a stream of events.
 *
 * @throws {Error} when it isn't one
 */
export function eventBody(response: Response): ReadableStream<Uint8Array> {
  const type = response.headers.get('content-type') ?? 'nothing';
  if (!response.body || !type.startsWith('text/event-stream')) {
    throw new Error(`Expected a stream of events, got ${type}`);
  }
  return response.body;
}
