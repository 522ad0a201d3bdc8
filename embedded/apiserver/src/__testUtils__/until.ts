import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits for something to become true.
 *
 * @throws {Error} when it doesn't within five seconds
 */
export async function until(
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await holds()) {
      return;
    }
    await sleep(10);
  }
  throw new Error(`Not true within five seconds: ${holds}`);
}
