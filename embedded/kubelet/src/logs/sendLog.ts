import type { ServerResponse } from 'node:http';

/** Waits this long for a first piece before it sends the headers alone. */
const QUIET_MS = 20;

/**
 * Sends a log as it comes, until it ends or the client goes.
 *
 * @throws {Error} when the log can't be read; before the headers if at once
 */
export async function sendLog(
  chunks: AsyncIterable<Buffer>,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const start = () => {
    if (!response.headersSent) {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.flushHeaders();
    }
  };
  const iterator = chunks[Symbol.asyncIterator]();
  // An error comes with the first piece; a quiet log must not hold the headers.
  const first = iterator.next();
  const timer = setTimeout(start, QUIET_MS);
  try {
    let next = await first;
    start();
    while (!next.done && !signal.aborted) {
      if (!response.write(next.value)) {
        await drained(response, signal);
      }
      next = await iterator.next();
    }
  } finally {
    clearTimeout(timer);
    await iterator.return?.();
  }
  response.end();
}

function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    response.once('drain', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
