import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import type { ImageBuild, ImageBuilder } from './ImageBuilder';
import { LogLines } from './LogLines';

/** Milliseconds between two looks at a build that runs. */
const POLL_MS = 1000;
/** How many times as long it may be until the next look at a build that waits for its turn. */
const RARELY = 5;
/** Looks in a row that may fail, for example while the builder restarts. */
const PATIENCE = 60;

/**
 * Milliseconds until the next look at a build that waits for its turn. The longer it has
 * waited, the rarer the looks, so that a long queue costs little. That it begins is seen
 * after at most a fifth of the time that it waited.
 */
function untilNextLook(waited: number, pollMs: number): number {
  return Math.min(Math.max(pollMs, waited / RARELY), pollMs * RARELY);
}

/**
 * Follows a build until it has ended, one way or the other.
 * @throws {NotFoundError} when the builder doesn't know the build
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
  const begun = performance.now();

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
    let pause = pollMs;
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
      if (build.state === 'queued') {
        pause = untilNextLook(performance.now() - begun, pollMs);
      }
    } catch (error) {
      failures += 1;
      if (!(error instanceof ServiceUnavailableError) || failures > PATIENCE) {
        throw error;
      }
    }
    await sleep(pause, undefined, { signal });
  }
}
