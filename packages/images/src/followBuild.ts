import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import type { ImageBuild, ImageBuilder } from './ImageBuilder';
import { LogLines } from './LogLines';

/** Milliseconds between two looks at a build. */
const POLL_MS = 1000;
/** Looks in a row that may fail, as while the builder restarts. */
const PATIENCE = 60;

/**
 * Follows a build to its end, whichever that is.
 *
 * @throws {NotFoundError} for a build that the builder does not know
 * @throws {ServiceUnavailableError} when the builder is away for a minute
 */
export async function followBuild(options: {
  readonly builder: ImageBuilder;
  readonly id: string;
  readonly onLine: (line: string) => void;
  readonly signal?: AbortSignal;
  readonly pollMs?: number;
}): Promise<ImageBuild> {
  const { builder, id, onLine, signal, pollMs = POLL_MS } = options;
  const lines = new LogLines();
  let offset = 0;
  let failures = 0;

  async function readLog(): Promise<void> {
    for (;;) {
      const { bytes, nextOffset } = await builder.log(id, offset, { signal });
      offset = nextOffset;
      if (bytes.length === 0) {
        return;
      }
      lines.push(bytes).forEach(onLine);
    }
  }

  for (;;) {
    signal?.throwIfAborted();
    try {
      // The state first: a log that is read after the end is whole.
      const build = await builder.get(id, { signal });
      await readLog();
      failures = 0;
      if (build.state === 'succeeded' || build.state === 'failed') {
        lines.end().forEach(onLine);
        return build;
      }
    } catch (error) {
      failures += 1;
      if (!(error instanceof ServiceUnavailableError) || failures > PATIENCE) {
        throw error;
      }
    }
    await sleep(pollMs, undefined, { signal });
  }
}
