import { once } from 'node:events';
import type { Output } from '../terminal/Io';

/** Writes text, and waits while the reader is behind. */
export async function write(output: Output, text: string): Promise<void> {
  if (!output.write(text) && !output.destroyed) {
    const waited = new AbortController();
    const { signal } = waited;
    await Promise.race([
      once(output, 'drain', { signal }),
      once(output, 'close', { signal }),
    ]);
    // The other one would listen for ever.
    waited.abort();
  }
}

/** Writes text piece by piece. */
export async function writeAll(
  output: Output,
  pieces: Iterable<string>,
): Promise<void> {
  for (const piece of pieces) {
    await write(output, piece);
  }
}
