import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  jobSummary,
  type AttemptRun,
  type JobAttempt,
  type JobRef,
  type RayJob,
} from '@ml-platform/rayjob';
import type { LogArchiveKey } from '@ml-platform/backstage-plugin-ray-node';
import { sleep } from '@ml-platform/kube';
import type { Clusters } from '../clusters/Clusters';
import type { JobObserver } from '../clusters/JobObserver';
import type { JobRunRef } from '../jobs/jobRun';
import type { ArchiveClaims } from './ArchiveClaims';
import { archiveLog } from './archiveLog';
import { attemptEnded, attemptWrites } from './archiveTime';
import type { ArchiveConfig } from './readArchive';

/** Logs of ended attempts that are read at once. */
const LANES = 4;
/** Logs that are followed while their jobs run, at most. */
const FOLLOWED = 100;
/** Milliseconds after which a log is asked for again that another backend writes. */
const LOOK_AGAIN = 60_000;
const RETRY = 30_000;
const SWEEP = 3_600_000;
const TRIES = 5;

/** A log that is to be archived. */
interface Wanted {
  readonly key: LogArchiveKey;
  readonly run: AttemptRun;
  /** True when it is written still. */
  readonly follow: boolean;
}

const idOf = ({ cluster, namespace, name, uid, attempt }: LogArchiveKey) =>
  [cluster, namespace, name, uid, attempt].join('/');

/**
 * Archives the driver's log of each attempt: while it runs, or, where too many
 * run at once, when it has ended.
 */
export class LogArchiver implements JobObserver {
  private readonly taken = new Set<string>();
  private readonly queue: Wanted[] = [];
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
      /** Milliseconds; see {@link LOOK_AGAIN}. */
      readonly lookAgainMs?: number;
    },
  ) {}

  seen(cluster: string, job: RayJob, attempts: readonly JobAttempt[]): void {
    const follow = attemptWrites(job) && !attemptEnded(job);
    if (follow ? this.followed >= FOLLOWED : !attemptEnded(job)) {
      return;
    }
    const current = attempts.at(-1);
    if (!current) {
      return;
    }
    const { namespace, name, uid } = jobSummary(cluster, job);
    const { attempt, jobId, rayCluster } = current;
    const key = { cluster, namespace, name, uid, attempt };
    const id = idOf(key);
    if (!this.taken.has(id)) {
      this.taken.add(id);
      this.begin({ key, run: { jobId, rayCluster }, follow });
    }
  }

  gone(job: JobRef & Pick<LogArchiveKey, 'uid' | 'attempt'>): void {
    for (let attempt = 1; attempt <= job.attempt; attempt += 1) {
      this.taken.delete(idOf({ ...job, attempt }));
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

  /** Removes the logs of a job, or of one run of it. */
  async forget(job: JobRunRef): Promise<void> {
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

  private begin(wanted: Wanted): void {
    if (!wanted.follow) {
      this.queue.push(wanted);
      this.next();
    } else if (this.followed >= FOLLOWED) {
      this.lookAgain(wanted);
    } else {
      this.followed += 1;
      this.start(
        this.archive(wanted).finally(() => {
          this.followed -= 1;
        }),
      );
    }
  }

  private next(): void {
    while (this.clusters && this.busy < LANES && !this.signal.aborted) {
      const wanted = this.queue.shift();
      if (!wanted) {
        return;
      }
      this.busy += 1;
      this.start(
        this.archive(wanted).finally(() => {
          this.busy -= 1;
          this.next();
        }),
      );
    }
  }

  /** Whoever writes a log may stop, or die, before all of it is written. */
  private lookAgain(wanted: Wanted): void {
    const { lookAgainMs = LOOK_AGAIN } = this.options;
    this.start(
      sleep(lookAgainMs, this.signal).then(() => {
        if (this.isWanted(wanted)) {
          this.begin(wanted);
        }
      }),
    );
  }

  /** False when the job is gone, and its log with it. */
  private isWanted({ key }: Wanted): boolean {
    return !this.signal.aborted && this.taken.has(idOf(key));
  }

  private start(work: Promise<void>): void {
    this.work.add(work);
    work.finally(() => this.work.delete(work));
  }

  /** Never rejects. */
  private async archive(wanted: Wanted): Promise<void> {
    const { key } = wanted;
    for (let tries = 1; tries <= TRIES && this.isWanted(wanted); tries += 1) {
      try {
        await this.archiveOnce(wanted);
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
    // Tried once more when the job changes, as when it ends.
    this.taken.delete(idOf(key));
  }

  private async archiveOnce(wanted: Wanted): Promise<void> {
    const { config, claims } = this.options;
    const { clusters, signal } = this;
    const { key, run } = wanted;
    const client = clusters?.client(key.cluster);
    if (!client) {
      return;
    }
    const claim = await claims.claim(key);
    if (claim === 'ours') {
      await archiveLog(key, { run, config, claims, client, signal });
    } else if (claim === 'theirs') {
      this.lookAgain(wanted);
    }
  }
}
