import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until it holds; gives up quietly, so that a test shows what is there. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 15_000,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await holds()) && Date.now() < end) {
    await sleep(20);
  }
}
