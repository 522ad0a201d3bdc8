import { sleep } from '../watch/sleep';

/**
 * Waits for something to become true.
 * @throws Error after five seconds
 */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > deadline) {
      throw new Error('The condition did not come true within 5 s');
    }
    await sleep(5);
  }
}
