import { sleep } from '@ml-platform/kube';

/** Waits for something, but not for long. */
export async function atMost(
  ms: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
  wait: typeof sleep = sleep,
): Promise<void> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  await Promise.race([work(either), wait(ms, either)]);
  over.abort();
}
