import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  jobSummary,
  type JobAttempt,
  type JobRef,
  type JobSummary,
  type RayJob,
} from '@ml-platform/rayjob';
import type { LogArchiveKey } from '@ml-platform/backstage-plugin-ray-node';
import { sleep } from '@ml-platform/kube';
import type { JobObserver } from '../clusters/JobObserver';
import type { ArchiveClaims } from './ArchiveClaims';
import {
  ArchiveTask,
  type ArchiveStage,
  type RunLogOpener,
} from './ArchiveTask';
import { attemptEnded, attemptWrites } from './archiveTime';
import type { ArchiveRetention } from './ArchiveRetention';
import type { ArchiveConfig } from './readArchive';
import { TurnQueue } from './TurnQueue';

/**
 * Logs that are followed at once; more take turns. Those of starting attempts may
 * be silent for days: they have slots of their own, and the others don't wait for
 * them.
 */
const SLOTS: Readonly<Record<ArchiveStage, number>> = {
  starting: 20,
  running: 100,
  ended: 4,
};
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

const idOf = ({ cluster, namespace, name, uid, attempt }: LogArchiveKey) =>
  [cluster, namespace, name, uid, attempt].join('/');

/** Before it runs, the archiver reads nothing. */
const notOpen: RunLogOpener = () => {
  throw new Error('The archive of logs does not run');
};

/** Archives the driver's log of each attempt, while it is being written. */
export class LogArchiver implements JobObserver {
  /** Turns that failed since the start. */
  failures = 0;
  readonly #options: LogArchiverOptions;
  readonly #tasks = new Map<string, ArchiveTask>();
  /** Tasks that wait for a time, in milliseconds since the epoch. */
  readonly #parked = new Map<ArchiveTask, number>();
  readonly #queues: Readonly<Record<ArchiveStage, TurnQueue<ArchiveTask>>>;
  #stop: AbortSignal = AbortSignal.abort();
  #openLog: RunLogOpener = notOpen;
  #renewAt = 0;
  #sweepAt = 0;

  constructor(options: LogArchiverOptions) {
    this.#options = options;
    const queue = (stage: ArchiveStage) =>
      new TurnQueue<ArchiveTask>({
        slots: SLOTS[stage],
        work: task => this.#work(task),
      });
    this.#queues = {
      starting: queue('starting'),
      running: queue('running'),
      ended: queue('ended'),
    };
  }

  seen(cluster: string, job: RayJob, attempts: readonly JobAttempt[]): void {
    const { namespace, name, uid } = jobSummary(cluster, job);
    const last = attempts.at(-1);
    for (const run of attempts) {
      const key = { cluster, namespace, name, uid, attempt: run.attempt };
      if (run !== last || attemptEnded(job, run)) {
        this.#begin(key, run, 'ended');
      } else if (attemptWrites(job)) {
        this.#begin(key, run, 'running');
      }
    }
  }

  submitted(job: JobSummary, run: JobAttempt): void {
    const { cluster, namespace, name, uid } = job;
    const key = { cluster, namespace, name, uid, attempt: run.attempt };
    // The reader knows by the names which pods are of this run.
    if (run.jobId ?? run.rayCluster) {
      this.#begin(key, run, 'starting');
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

  /** Writes what was read by now of a log that is archived here. */
  async flush(key: LogArchiveKey): Promise<void> {
    await this.#tasks.get(idOf(key))?.flush();
  }

  /** Works until the signal aborts; another backend continues what is unfinished. */
  async run(openLog: RunLogOpener, signal: AbortSignal): Promise<void> {
    const { pause = sleep, logger } = this.#options;
    this.#stop = signal;
    this.#openLog = openLog;
    const queues = Object.values(this.#queues);
    queues.forEach(queue => queue.open());
    while (!signal.aborted) {
      await this.#beat().catch(error =>
        logger.warn(`The archive of logs can't use its database: ${error}`),
      );
      await pause(BEAT, signal);
    }
    await Promise.all(queues.map(queue => queue.close()));
    // Where this fails, the claims expire.
    await this.#options.claims.releaseAll().catch(() => {});
  }

  /** Sees to the log of an attempt, of which a task may exist already. */
  #begin(key: LogArchiveKey, run: JobAttempt, stage: ArchiveStage): void {
    const known = this.#tasks.get(idOf(key));
    if (!known) {
      const { config } = this.#options;
      const openLog: RunLogOpener = reading => this.#openLog(reading);
      const options = { ...this.#options, ...config, openLog };
      const task = new ArchiveTask(key, run, stage, options);
      this.#tasks.set(idOf(key), task);
      this.#queues[stage].push(task);
    } else if (known.stage === 'starting') {
      known.stage = stage;
      // One that is at work, or parked, goes there with its next turn.
      if (stage !== 'starting' && this.#queues.starting.remove(known)) {
        this.#queues[stage].push(known);
      }
    }
  }

  /** All that is done from time to time. */
  async #beat(): Promise<void> {
    const { clock, logger, retention } = this.#options;
    const now = clock().getTime();
    for (const [task, at] of this.#parked) {
      if (at <= now) {
        this.#parked.delete(task);
        this.#queues[task.stage].push(task);
      }
    }
    for (const queue of Object.values(this.#queues)) {
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
    const claimed = Object.values(this.#queues)
      .flatMap(({ active }) => [...active])
      .filter(({ isClaimed }) => isClaimed);
    const ours = new Set((await this.#options.claims.renew()).map(idOf));
    for (const task of claimed) {
      if (!ours.has(idOf(task.key))) {
        task.lose();
      }
    }
  }

  /** One turn of a task, and what comes after it. Never rejects. */
  async #work(task: ArchiveTask): Promise<void> {
    if (this.#stop.aborted || this.#tasks.get(idOf(task.key)) !== task) {
      return;
    }
    try {
      const end = await task.turn(this.#stop);
      task.failures = 0;
      if (end === 'paused') {
        this.#queues[task.stage].push(task);
      } else if (end === 'theirs') {
        // Whoever writes it may stop, or be killed, before all of it is written.
        this.#park(task, RENEW);
      } else {
        this.#finished(task);
      }
    } catch (error) {
      this.#failed(task, error);
    }
  }

  #finished(task: ArchiveTask): void {
    task.isFinished = true;
    if (task.isGone) {
      this.#tasks.delete(idOf(task.key));
    }
  }

  #failed(task: ArchiveTask, error: unknown): void {
    task.failures += 1;
    this.failures += 1;
    this.#options.logger.warn(
      `Couldn't archive the log of ${task.key.name} (try ${task.failures} of ${TRIES}): ${error}`,
    );
    if (task.failures < TRIES) {
      this.#park(task, RETRY);
    } else {
      // Tried once more when the job changes, for example when it ends.
      this.#tasks.delete(idOf(task.key));
    }
  }

  #park(task: ArchiveTask, ms: number): void {
    this.#parked.set(task, this.#options.clock().getTime() + ms);
  }
}
