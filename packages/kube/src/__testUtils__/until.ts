import { sleep } from '../watch/sleep';

/**
 * Waits for something to become true.
 * @throws {Error} when it does not in time
 */
export async function until(
  condition: () => boolean,
  timeoutMs = 20_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) {
      throw new Error(
        `The condition did not come true within ${timeoutMs / 1_000} s`,
      );
    }
    await sleep(5);
  }
}
