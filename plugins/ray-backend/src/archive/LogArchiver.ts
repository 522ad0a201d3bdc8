import { setTimeout } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  jobSummary,
  type JobAttempt,
  type JobRef,
  type RayJob,
} from '@ml-platform/rayjob';
import type { LogArchiveKey } from '@ml-platform/backstage-plugin-ray-node';
import type { JobObserver } from '../clusters/JobObserver';
import type { ArchiveClaims } from './ArchiveClaims';
import { ArchiveTask, type RunLogOpener } from './ArchiveTask';
import { attemptEnded, attemptWrites } from './archiveTime';
import type { ArchiveRetention } from './ArchiveRetention';
import type { ArchiveConfig } from './readArchive';
import { TurnQueue } from './TurnQueue';

/** Logs of ended attempts that are read at once. */
const LANES = 4;
/** Logs of running attempts that are followed at once; more take turns. */
const FOLLOWED = 100;
/** Milliseconds between two looks at what is to be done. */
const BEAT = 1_000;
/** Milliseconds between two signs of life, and looks at logs of other backends. */
const RENEW = 5_000;
const RETRY = 30_000;
const SWEEP = 3_600_000;
const TRIES = 5;

export interface LogArchiverOptions {
  readonly config: ArchiveConfig;
  readonly claims: ArchiveClaims;
  readonly retention: ArchiveRetention;
  readonly logger: LoggerService;
  readonly clock: () => Date;
  /** Waits for milliseconds, or until the signal aborts. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A task that waits for a time, in milliseconds since the epoch. */
interface Parked {
  readonly at: number;
  readonly queue: TurnQueue<ArchiveTask>;
}

const idOf = ({ cluster, namespace, name, uid, attempt }: LogArchiveKey) =>
  [cluster, namespace, name, uid, attempt].join('/');

/** Before it runs, the archiver reads nothing. */
const notOpen: RunLogOpener = () => {
  throw new Error('The archive of logs does not run');
};

async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}

/** Archives the driver's log of each attempt, while it is being written. */
export class LogArchiver implements JobObserver {
  readonly #options: LogArchiverOptions;
  readonly #tasks = new Map<string, ArchiveTask>();
  readonly #parked = new Map<ArchiveTask, Parked>();
  readonly #running: TurnQueue<ArchiveTask>;
  readonly #ended: TurnQueue<ArchiveTask>;
  #stop: AbortSignal = AbortSignal.abort();
  #openLog: RunLogOpener = notOpen;
  #renewAt = 0;
  #sweepAt = 0;

  constructor(options: LogArchiverOptions) {
    this.#options = options;
    this.#running = new TurnQueue({
      slots: FOLLOWED,
      work: task => this.#work(task, this.#running),
    });
    this.#ended = new TurnQueue({
      slots: LANES,
      work: task => this.#work(task, this.#ended),
    });
  }

  seen(cluster: string, job: RayJob, attempts: readonly JobAttempt[]): void {
    const { namespace, name, uid } = jobSummary(cluster, job);
    const last = attempts.at(-1);
    for (const run of attempts) {
      const key = { cluster, namespace, name, uid, attempt: run.attempt };
      const over = run !== last || attemptEnded(job, run);
      if (!this.#tasks.has(idOf(key)) && (over || attemptWrites(job))) {
        const { config } = this.#options;
        const openLog: RunLogOpener = reading => this.#openLog(reading);
        const task = new ArchiveTask(key, run, {
          ...this.#options,
          ...config,
          openLog,
        });
        this.#tasks.set(idOf(key), task);
        (over ? this.#ended : this.#running).push(task);
      }
    }
  }

  gone(job: JobRef & Pick<LogArchiveKey, 'uid' | 'attempt'>): void {
    for (let attempt = 1; attempt <= job.attempt; attempt += 1) {
      const id = idOf({ ...job, attempt });
      const task = this.#tasks.get(id);
      if (task?.isFinished) {
        this.#tasks.delete(id);
      } else if (task) {
        task.isGone = true;
      }
    }
  }

  /** Works until the signal aborts; another backend continues what is unfinished. */
  async run(openLog: RunLogOpener, signal: AbortSignal): Promise<void> {
    const { pause = pauseFor, logger } = this.#options;
    this.#stop = signal;
    this.#openLog = openLog;
    this.#running.open();
    this.#ended.open();
    while (!signal.aborted) {
      await this.#beat().catch(error =>
        logger.warn(`The archive of logs can't use its database: ${error}`),
      );
      await pause(BEAT, signal);
    }
    await Promise.all([this.#running.close(), this.#ended.close()]);
    // Where this fails, the claims expire.
    await this.#options.claims.releaseAll().catch(() => {});
  }

  /** All that is done from time to time. */
  async #beat(): Promise<void> {
    const { clock, logger, retention } = this.#options;
    const now = clock().getTime();
    for (const [task, { at, queue }] of this.#parked) {
      if (at <= now) {
        this.#parked.delete(task);
        queue.push(task);
      }
    }
    for (const queue of [this.#running, this.#ended]) {
      for (const task of queue.active) {
        task.writeDue();
        if (queue.waiting > 0) {
          task.yieldTurn(now);
        }
      }
    }
    if (now >= this.#renewAt) {
      this.#renewAt = now + RENEW;
      await this.#renew();
    }
    if (now >= this.#sweepAt) {
      this.#sweepAt = now + SWEEP;
      await retention
        .sweep()
        .catch(error => logger.warn(`Old logs can't be removed: ${error}`));
    }
  }

  async #renew(): Promise<void> {
    const claimed = [...this.#running.active, ...this.#ended.active].filter(
      ({ isClaimed }) => isClaimed,
    );
    const ours = new Set((await this.#options.claims.renew()).map(idOf));
    for (const task of claimed) {
      if (!ours.has(idOf(task.key))) {
        task.lose();
      }
    }
  }

  /** One turn of a task, and what comes after it. Never rejects. */
  async #work(task: ArchiveTask, queue: TurnQueue<ArchiveTask>): Promise<void> {
    if (this.#stop.aborted || this.#tasks.get(idOf(task.key)) !== task) {
      return;
    }
    try {
      const end = await task.turn(this.#stop);
      task.failures = 0;
      if (end === 'paused') {
        queue.push(task);
      } else if (end === 'theirs') {
        // Whoever writes it may stop, or be killed, before all of it is written.
        this.#park(task, queue, RENEW);
      } else {
        this.#finished(task);
      }
    } catch (error) {
      this.#failed(task, queue, error);
    }
  }

  #finished(task: ArchiveTask): void {
    task.isFinished = true;
    if (task.isGone) {
      this.#tasks.delete(idOf(task.key));
    }
  }

  #failed(
    task: ArchiveTask,
    queue: TurnQueue<ArchiveTask>,
    error: unknown,
  ): void {
    task.failures += 1;
    this.#options.logger.warn(
      `Couldn't archive the log of ${task.key.name} (try ${task.failures} of ${TRIES}): ${error}`,
    );
    if (task.failures < TRIES) {
      this.#park(task, queue, RETRY);
    } else {
      // Tried once more when the job changes, for example when it ends.
      this.#tasks.delete(idOf(task.key));
    }
  }

  #park(task: ArchiveTask, queue: TurnQueue<ArchiveTask>, ms: number): void {
    const at = this.#options.clock().getTime() + ms;
    this.#parked.set(task, { at, queue });
  }
}
