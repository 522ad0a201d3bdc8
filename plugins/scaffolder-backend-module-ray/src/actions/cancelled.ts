import { setTimeout } from 'node:timers/promises';

/**
 * Milliseconds that a cancel may take until an action hears of it: the scaffolder
 * looks for it once a second.
 */
export const CANCEL_TAKES_MS = 1_200;

/**
 * Waits until a cancel that is on its way has arrived.
 * @throws {Error} when the task was cancelled
 */
export async function checkNotCancelled(
  ms: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  await setTimeout(ms, undefined, { signal });
}
