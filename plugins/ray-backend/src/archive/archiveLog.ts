import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { LogArchiveKey } from '@ml-platform/backstage-plugin-ray-node';
import { type KubeClient, type PodLogEvent } from '@ml-platform/kube';
import { driverLog } from '@ml-platform/sdk';
import type { AttemptRun } from '@ml-platform/rayjob';
import type { ArchiveClaims } from './ArchiveClaims';
import { archiveLine, BoundedText } from './archiveText';
import type { ArchiveConfig } from './readArchive';

/** Bytes of the end of a log that are kept of one that is too long. */
const TAIL = 1024 * 1024;
/** Milliseconds between two signs of life of a writer. */
const RENEW = 60_000;

export interface ArchiveLogOptions {
  /** What names the attempt in Ray. */
  readonly run: AttemptRun;
  readonly config: ArchiveConfig;
  readonly claims: ArchiveClaims;
  readonly client: KubeClient;
  readonly signal: AbortSignal;
}

/**
 * Writes the driver's log of one attempt, which was claimed, to the archive as it
 * comes, until the attempt is over.
 *
 * @throws Error when it could not be read to its end or written; then it is no
 * longer claimed
 */
export async function archiveLog(
  key: LogArchiveKey,
  options: ArchiveLogOptions,
): Promise<void> {
  const { config, claims } = options;
  const timer = setInterval(() => claims.renew(key).catch(() => {}), RENEW);
  const text = driverText(key, options);
  try {
    const first = await text.next();
    if (first.done) {
      await claims.finish(key, 'empty');
      return;
    }
    const whole = async function* whole() {
      yield first.value;
      yield* text;
    };
    const packed = pipeline(
      Readable.from(whole(), { objectMode: false }),
      createGzip(),
      () => {},
    );
    await config.archive.write(key, packed);
    await claims.finish(key, 'done');
  } catch (error) {
    // Where this fails too, the claim gets old and so is let go.
    await claims.release(key).catch(() => {});
    throw error;
  } finally {
    clearInterval(timer);
    await text.return(undefined);
  }
}

/** @throws Error when the log could not be read to its end */
async function* driverText(
  key: LogArchiveKey,
  { run, client, config, signal }: ArchiveLogOptions,
): AsyncGenerator<string, undefined> {
  const head = Math.max(0, config.maxBytes - TAIL);
  const bounded = new BoundedText({ head, tail: TAIL });
  const events: AsyncGenerator<PodLogEvent> = driverLog(client, key, {
    follow: true,
    run,
    signal,
  });
  for await (const event of events) {
    if (event.type === 'lines') {
      const now = event.lines.map(line => bounded.push(archiveLine(line)));
      yield now.join('');
    } else if (event.type === 'gap') {
      yield bounded.push(archiveLine({ text: `[gap] ${event.reason}` }));
    }
  }
  if (signal.aborted) {
    throw new Error('The backend stops');
  }
  const rest = bounded.finish();
  if (rest) {
    yield rest;
  }
  return undefined;
}
