import { sleep, type KubeClient } from '@ml-platform/sdk';

/** Milliseconds between two tries. */
const AGAIN = 15_000;

/**
 * Version of an API server, as `v1.34.4`, asked for until it is known;
 * `undefined` when the signal aborts before.
 */
export async function serverVersion(
  kube: KubeClient,
  signal: AbortSignal,
): Promise<string | undefined> {
  while (!signal.aborted) {
    try {
      const { gitVersion } = await kube.json<{ gitVersion?: string }>({
        path: '/version',
        signal,
      });
      if (gitVersion) {
        return gitVersion;
      }
    } catch {
      // The watches report why the cluster can't be reached.
    }
    await sleep(AGAIN, signal);
  }
  return undefined;
}
