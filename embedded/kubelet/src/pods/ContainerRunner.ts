import { sleep } from '@ml-platform/kube';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import {
  type Container,
  formatTime,
  portNumber,
} from '@ml-platform/embedded-controller-runtime';
import { ContainerLog } from '../logs/ContainerLog';
import { ContainerEvents } from './ContainerEvents';
import { describeDuration, startError } from './containerMessages';
import {
  type ContainerRecord,
  newRecord,
  PROCESS_SCHEME,
} from './ContainerRecord';
import type { AttemptParts, ContainerContext } from './ContainerContext';
import { RestartBackoff } from './RestartBackoff';
import { startsAgain } from './restartPolicy';
import { ContainerAttempt } from './ContainerAttempt';

/** Runs one container of a pod, attempt after attempt. */
export class ContainerRunner {
  readonly container: Container;
  readonly events: ContainerEvents;
  readonly #init: boolean;
  readonly #context: ContainerContext;
  readonly #prepare: (
    runner: ContainerRunner,
    containerId: string,
    signal: AbortSignal,
  ) => Promise<AttemptParts | undefined>;
  readonly #backoff: RestartBackoff;
  readonly #stopping = new AbortController();
  #record: ContainerRecord;
  #attempt: ContainerAttempt | undefined;
  #stopGraceMs = 0;

  constructor(options: {
    readonly container: Container;
    readonly init: boolean;
    readonly context: ContainerContext;
    /** Gets image and environment; undefined on the signal. */
    readonly prepare: (
      runner: ContainerRunner,
      containerId: string,
      signal: AbortSignal,
    ) => Promise<AttemptParts | undefined>;
  }) {
    this.container = options.container;
    this.#init = options.init;
    this.#context = options.context;
    this.#prepare = options.prepare;
    this.#backoff = new RestartBackoff(options.context.deps.backoff.restart);
    const { initContainers = [] } = options.context.pod().spec;
    this.#record = newRecord(
      options.container,
      initContainers.length > 0 ? 'PodInitializing' : 'ContainerCreating',
    );
    this.events = new ContainerEvents({
      events: options.context.deps.events,
      pod: options.context.pod,
      name: options.container.name,
      init: options.init,
    });
  }

  get record(): ContainerRecord {
    return this.#record;
  }

  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  /** The log of an attempt, while it is written. */
  growingLog(attempt: number): ContainerLog | undefined {
    const current = attempt === this.#record.restartCount;
    return current ? this.#attempt?.log : undefined;
  }

  waitingFor(reason: string, message?: string): void {
    this.#update({
      lastState: this.#previousState(),
      state: { waiting: { reason, ...(message ? { message } : {}) } },
    });
  }

  /** Runs until it has ended for good by the restart policy, or was stopped. */
  async run(): Promise<void> {
    while (!this.stopping.aborted) {
      const id = randomBytes(32).toString('hex');
      const parts = await this.#prepare(this, id, this.stopping);
      if (!parts || this.stopping.aborted) {
        return;
      }
      const startedAt = Date.now();
      const exitCode = await this.#runAttempt(id, parts, startedAt);
      const restarts = startsAgain({
        container: this.container,
        init: this.#init,
        policy: this.#context.pod().spec.restartPolicy,
        exitCode,
      });
      if (this.stopping.aborted || !restarts) {
        return;
      }
      await this.#backOff(Date.now() - startedAt);
    }
  }

  /** Ends the container: hook, SIGTERM, and after the grace period SIGKILL. */
  async stop(graceMs: number): Promise<void> {
    const first = !this.stopping.aborted;
    this.#stopGraceMs = graceMs;
    this.#stopping.abort();
    const attempt = this.#attempt;
    if (attempt) {
      if (first) {
        this.events.stopping();
      }
      await attempt.stop(graceMs);
    }
  }

  async #runAttempt(
    id: string,
    { image, spec }: AttemptParts,
    startedAt: number,
  ): Promise<number> {
    const { place, deps, pod, ports } = this.#context;
    const restartCount = this.#nextAttempt();
    const containerID = `${PROCESS_SCHEME}${id}`;
    const common = { imageID: image.digest, containerID, restartCount };
    const log = new ContainerLog({
      path: place.logFile(this.container.name, restartCount),
      clock: deps.clock,
    });
    const ended = (exitCode: number, reason: string, message?: string) => {
      this.#attempt = undefined;
      const terminated = {
        exitCode,
        reason,
        ...(message ? { message } : {}),
        startedAt: formatTime(startedAt),
        finishedAt: formatTime(Date.now()),
        containerID,
      };
      this.#update({
        ...common,
        ready: this.#init && exitCode === 0,
        started: false,
        state: { terminated },
      });
      return exitCode;
    };
    this.events.created();
    let attempt: ContainerAttempt;
    try {
      attempt = await ContainerAttempt.start({
        container: this.container,
        spec,
        events: this.events,
        log,
      });
    } catch (error) {
      const message = startError(spec.command[0], error);
      log.note(message);
      log.close();
      this.events.failed(message);
      return ended(128, 'StartError', message);
    }
    this.#attempt = attempt;
    this.#update({
      ...common,
      lastState: this.#previousState(),
      state: { running: { startedAt: formatTime(startedAt) } },
      ready: false,
      started: false,
    });
    this.events.started();
    if (this.stopping.aborted) {
      // Asked for while the process was being started.
      void attempt.stop(this.#stopGraceMs);
    }
    const exitCode = await attempt.finish({
      probes: this.#init ? {} : this.container,
      observer: {
        started: () => this.#update({ started: true }),
        ready: ready => {
          // An init container is ready when it has ended well.
          if (!this.#init && ready !== this.#record.ready) {
            this.#update({ ready });
          }
        },
      },
      port: port => {
        const number = portNumber(pod(), port);
        return ports().map.get(number) ?? number;
      },
      graceMs: (pod().spec.terminationGracePeriodSeconds ?? 30) * 1000,
    });
    return ended(exitCode, exitCode === 0 ? 'Completed' : 'Error');
  }

  async #backOff(ranMs: number): Promise<void> {
    const wait = this.#backoff.next(ranMs);
    // Of the attempts before, only the last can be read.
    await this.#removeEarlierLog();
    if (wait === 0) {
      return;
    }
    const { namespace, name, uid } = this.#context.pod().metadata;
    const { terminated } = this.#record.state;
    this.events.restartBackOff();
    this.#update({
      lastState: { terminated },
      state: {
        waiting: {
          reason: 'CrashLoopBackOff',
          message: `back-off ${describeDuration(wait)} restarting failed container=${this.container.name} pod=${name}_${namespace}(${uid})`,
        },
      },
    });
    await sleep(wait, this.stopping);
  }

  #removeEarlierLog(): Promise<void> {
    const attempt = this.#record.restartCount - 1;
    const file = this.#context.place.logFile(this.container.name, attempt);
    return rm(file, { force: true });
  }

  #nextAttempt(): number {
    const ran = this.#previousState().terminated;
    return this.#record.restartCount + (ran ? 1 : 0);
  }

  #previousState(): ContainerRecord['lastState'] {
    const { state, lastState } = this.#record;
    return state.terminated ? { terminated: state.terminated } : lastState;
  }

  #update(change: Partial<ContainerRecord>): void {
    this.#record = { ...this.#record, ...change };
    this.#context.onChange();
  }
}
