import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks until there is an answer.
 *
 * @throws {Error} when there is none in time
 */
export async function eventually<T>(
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = 15_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`Not within ${timeoutMs} ms`);
    }
    await sleep(20);
  }
}
