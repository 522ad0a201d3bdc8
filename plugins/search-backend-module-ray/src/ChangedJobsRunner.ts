import type {
  AuthService,
  LoggerService,
  SchedulerServiceTaskFunction,
  SchedulerServiceTaskInvocationDefinition,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import type { RayJobsService } from '@ml-platform/backstage-plugin-ray-node';

/**
 * Milliseconds after which the index is made anew though nothing changed, in case that the
 * engine has lost it.
 */
const LONGEST_UNCHANGED = 3_600_000;
/** How many times as long as a run the rest after it is: many jobs take long, few don't. */
const REST = 20;
/** Milliseconds that a cluster which isn't read yet is waited for. */
const PATIENCE = 120_000;

export interface ChangedJobsRunnerOptions {
  /** Decides when to look, and which of several backends does. */
  readonly runner: SchedulerServiceTaskRunner;
  readonly auth: AuthService;
  readonly jobs: Pick<RayJobsService, 'revision'>;
  readonly logger: LoggerService;
  /** Milliseconds of a clock that only runs on. */
  readonly now?: () => number;
}

/**
 * Runs a task only when jobs have changed since it last succeeded here, and for a small part
 * of the time, however many jobs there are. Right after the start
 * of the backend, the list lacks jobs of clusters that aren't read yet. The task waits for
 * these for a while, so that they don't vanish from an index that has them from before.
 */
export class ChangedJobsRunner implements SchedulerServiceTaskRunner {
  readonly #options: ChangedJobsRunnerOptions;
  readonly #now: () => number;
  #last: { readonly revision: string; readonly at: number } | undefined;
  #restUntil = -Infinity;
  #incompleteSince: number | undefined;

  constructor(options: ChangedJobsRunnerOptions) {
    const { now = () => performance.now() } = options;
    this.#options = options;
    this.#now = now;
  }

  run(task: SchedulerServiceTaskInvocationDefinition): Promise<void> {
    return this.#options.runner.run({
      ...task,
      fn: signal => this.#look(task.fn, signal),
    });
  }

  async #look(
    work: SchedulerServiceTaskFunction,
    signal: AbortSignal,
  ): Promise<void> {
    const { auth, jobs } = this.#options;
    if (this.#now() < this.#restUntil) {
      return;
    }
    // Asked before the work: what changes meanwhile is found the next time.
    const { revision, complete } = await jobs.revision({
      credentials: await auth.getOwnServiceCredentials(),
    });
    if (this.#waits(complete) || this.#isCurrent(revision)) {
      return;
    }
    const at = this.#now();
    try {
      await work(signal);
      this.#last = { revision, at };
    } finally {
      const took = this.#now() - at;
      this.#restUntil = this.#now() + REST * took;
    }
  }

  #isCurrent(revision: string): boolean {
    return (
      this.#last?.revision === revision &&
      this.#now() - this.#last.at < LONGEST_UNCHANGED
    );
  }

  #waits(complete: boolean): boolean {
    if (complete) {
      this.#incompleteSince = undefined;
      return false;
    }
    if (this.#incompleteSince === undefined) {
      this.#incompleteSince = this.#now();
      this.#options.logger.info(
        'Some clusters are not read yet; the index of training jobs waits for them',
      );
    }
    return this.#now() - this.#incompleteSince < PATIENCE;
  }
}
