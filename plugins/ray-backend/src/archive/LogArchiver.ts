import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  jobAttempt,
  jobSummary,
  type JobRef,
  type RayJob,
} from '@ml-platform/backstage-plugin-ray-common';
import type { LogArchiveKey } from '@ml-platform/backstage-plugin-ray-node';
import { driverLog, sleep, type PodLogEvent } from '@ml-platform/sdk';
import type { Clusters } from '../clusters/Clusters';
import type { JobObserver } from '../clusters/JobObserver';
import type { ArchiveClaims } from './ArchiveClaims';
import { archiveLine, BoundedText } from './archiveText';
import { attemptEnded, attemptWrites } from './archiveTime';
import type { ArchiveConfig } from './readArchive';

/** Logs of ended attempts that are read at once. */
const LANES = 4;
/** Logs that are followed while their jobs run, at most. */
const FOLLOWED = 100;
/** Bytes of the end of a log that are kept of one that is too long. */
const TAIL = 1024 * 1024;
const RENEW = 60_000;
const RETRY = 30_000;
const SWEEP = 3_600_000;
const TRIES = 5;

/**
 * Archives the driver's log of each attempt: while it runs, or, where too many
 * run at once, when it has ended.
 */
export class LogArchiver implements JobObserver {
  private readonly taken = new Set<string>();
  private readonly queue: LogArchiveKey[] = [];
  private busy = 0;
  private followed = 0;
  private clusters: Clusters | undefined;
  private signal: AbortSignal = AbortSignal.abort();
  private readonly work = new Set<Promise<void>>();

  constructor(
    private readonly options: {
      readonly config: ArchiveConfig;
      readonly claims: ArchiveClaims;
      readonly logger: LoggerService;
      readonly clock: () => Date;
    },
  ) {}

  seen(cluster: string, job: RayJob): void {
    const follow =
      attemptWrites(job) && !attemptEnded(job) && this.followed < FOLLOWED;
    if (!follow && !attemptEnded(job)) {
      return;
    }
    const { namespace, name, uid } = jobSummary(cluster, job);
    const key = { cluster, namespace, name, uid, attempt: jobAttempt(job) };
    const id = Object.values(key).join('/');
    if (this.taken.has(id)) {
      return;
    }
    this.taken.add(id);
    if (follow) {
      this.followed += 1;
      this.start(
        this.archive(key).finally(() => {
          this.followed -= 1;
        }),
      );
    } else {
      this.queue.push(key);
      this.next();
    }
  }

  gone({
    cluster,
    namespace,
    name,
    uid,
    attempt,
  }: JobRef & {
    readonly uid: string;
    readonly attempt: number;
  }): void {
    for (let number = 1; number <= attempt; number += 1) {
      this.taken.delete([cluster, namespace, name, uid, number].join('/'));
    }
  }

  /** Works until the signal aborts; what is unfinished then is begun anew later. */
  async run(clusters: Clusters, signal: AbortSignal): Promise<void> {
    this.clusters = clusters;
    this.signal = signal;
    this.next();
    while (!signal.aborted) {
      await this.sweep().catch(error =>
        this.options.logger.warn(`Old logs can't be removed: ${error}`),
      );
      await sleep(SWEEP, signal);
    }
    await Promise.all(this.work);
  }

  /** Removes the logs of a job. */
  async forget(job: JobRef): Promise<void> {
    await this.remove(await this.options.claims.ofJob(job));
  }

  /** Removes the logs that are older than the configuration says. */
  async sweep(): Promise<void> {
    const { config, claims, clock } = this.options;
    if (config.retentionMs === undefined) {
      return;
    }
    const time = new Date(clock().getTime() - config.retentionMs).toISOString();
    let old = await claims.before(time);
    while (old.length > 0) {
      await this.remove(old);
      old = await claims.before(time);
    }
  }

  private async remove(keys: readonly LogArchiveKey[]): Promise<void> {
    for (const key of keys) {
      await this.options.config.archive.delete(key);
      await this.options.claims.release(key);
    }
  }

  private next(): void {
    while (this.clusters && this.busy < LANES && !this.signal.aborted) {
      const key = this.queue.shift();
      if (!key) {
        return;
      }
      this.busy += 1;
      this.start(
        this.archive(key).finally(() => {
          this.busy -= 1;
          this.next();
        }),
      );
    }
  }

  private start(work: Promise<void>): void {
    this.work.add(work);
    work.finally(() => this.work.delete(work));
  }

  /** Never rejects. */
  private async archive(key: LogArchiveKey): Promise<void> {
    for (let tries = 1; tries <= TRIES && !this.signal.aborted; tries += 1) {
      try {
        if (await this.options.claims.claim(key)) {
          await this.archiveClaimed(key);
        }
        return;
      } catch (error) {
        if (!this.signal.aborted) {
          this.options.logger.warn(
            `The log of ${key.name} can't be archived (try ${tries} of ${TRIES}): ${error}`,
          );
          await sleep(RETRY, this.signal);
        }
      }
    }
  }

  private async archiveClaimed(key: LogArchiveKey): Promise<void> {
    const { config, claims } = this.options;
    const timer = setInterval(() => claims.renew(key).catch(() => {}), RENEW);
    const text = this.text(key);
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
      await claims.release(key);
      throw error;
    } finally {
      clearInterval(timer);
      await text.return(undefined);
    }
  }

  /** @throws Error when the log could not be read to its end */
  private async *text(key: LogArchiveKey): AsyncGenerator<string, undefined> {
    const client = this.clusters?.client(key.cluster);
    if (!client) {
      return undefined;
    }
    const { signal } = this;
    const head = Math.max(0, this.options.config.maxBytes - TAIL);
    const bounded = new BoundedText({ head, tail: TAIL });
    const events: AsyncGenerator<PodLogEvent> = driverLog(client, key, {
      follow: true,
      attempt: key.attempt,
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
}
