import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, startHelper } from './helper';
import type { LogNames } from './logObjects';

/** Where the logs of the benchmark are, and how to get there. */
export interface LogSite extends LogNames {
  readonly title: string;
  readonly kubeconfig: string;
  /** The kubeconfig's current one where absent. */
  readonly context?: string;
  /** Lines of the finished pod's log. */
  readonly lines: number;
  readonly liveLines: number;
  /** Takes away what was made for the benchmark. */
  close(): Promise<void>;
}

const LINES = 400_000;
export const LIVE_LINES = 1_000;

/**
 * A cluster in the memory of another process.
 * @param options.length - characters that a line of the finished pod has at least
 */
export async function memorySite(
  options: { readonly lines?: number; readonly length?: number } = {},
): Promise<LogSite> {
  const { lines = LINES, length } = options;
  const names: LogNames = {
    namespace: 'bench',
    job: 'log-bench',
    finished: 'log-bench-finished',
    live: 'log-bench-live',
    container: 'main',
  };
  const world = startHelper('logWorld.ts');
  const { url } = await ask<{ url: string }>(world, {
    ...names,
    lines,
    liveLines: LIVE_LINES,
    length,
  });
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(
    kubeconfig,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: 'c',
          cluster: { server: url, 'insecure-skip-tls-verify': true },
        },
      ],
      users: [{ name: 'u', user: {} }],
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'c',
    }),
  );
  return {
    ...names,
    title: 'a server that holds the log in memory',
    kubeconfig,
    context: 'c',
    lines,
    liveLines: LIVE_LINES,
    async close() {
      world.kill();
      await rm(folder, { recursive: true });
    },
  };
}
