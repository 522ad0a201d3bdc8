import type { Container } from '@ml-platform/embedded-controller-runtime';
import type { ContainerLog } from '../logs/ContainerLog';
import { sleep } from '@ml-platform/kube';
import { type Probes, type ProbeObserver, runProbes } from '../probes/Prober';
import { ContainerProcess } from '../process/ContainerProcess';
import { type CommandResult, runInContainer } from '../process/runInContainer';
import type { ContainerEvents } from './ContainerEvents';
import type { ContainerSpec } from './ContainerSetup';

/** How long `postStart` may take, in ms. */
const POST_START_MS = 120_000;

/** One run of a container: its process with its hooks and probes. */
export class ContainerAttempt {
  readonly log: ContainerLog;
  readonly #container: Container;
  readonly #spec: ContainerSpec;
  readonly #events: ContainerEvents;
  readonly #process: ContainerProcess;

  private constructor(options: {
    readonly container: Container;
    readonly spec: ContainerSpec;
    readonly events: ContainerEvents;
    readonly log: ContainerLog;
    readonly process: ContainerProcess;
  }) {
    this.#container = options.container;
    this.#spec = options.spec;
    this.#events = options.events;
    this.log = options.log;
    this.#process = options.process;
  }

  /** @throws {Error} of the system when the program can't be started */
  static async start(options: {
    readonly container: Container;
    readonly spec: ContainerSpec;
    readonly events: ContainerEvents;
    readonly log: ContainerLog;
  }): Promise<ContainerAttempt> {
    const process = await ContainerProcess.start(options.spec, options.log);
    return new ContainerAttempt({ ...options, process });
  }

  /**
   * Runs hook and probes beside the process.
   *
   * @param options.port - the local port that stands for one of the container
   * @param options.graceMs - for an end that a probe or the hook asks for
   * @returns the exit code
   */
  async finish(options: {
    readonly probes: Probes;
    readonly observer: Pick<ProbeObserver, 'started' | 'ready'>;
    readonly port: (port: number | string) => number;
    readonly graceMs: number;
  }): Promise<number> {
    const { observer, graceMs } = options;
    const probing = new AbortController();
    const work = Promise.all([
      this.#postStart(graceMs),
      runProbes({
        probes: options.probes,
        signal: probing.signal,
        pause: sleep,
        target: {
          port: options.port,
          exec: (command, timeoutMs) => this.#exec(command, timeoutMs),
        },
        observer: {
          started: () => observer.started(),
          ready: ready => observer.ready(ready),
          unhealthy: (kind, output) => this.#events.unhealthy(kind, output),
          failed: kind => {
            this.#events.restarting(kind);
            void this.stop(graceMs);
          },
        },
      }),
    ]);
    const exitCode = await this.#process.ended;
    probing.abort();
    await work;
    return exitCode;
  }

  /** Hook, SIGTERM, and after the grace period SIGKILL; resolves at the end. */
  async stop(graceMs: number): Promise<void> {
    const hook = this.#container.lifecycle?.preStop?.exec?.command;
    const startedAt = Date.now();
    if (hook && graceMs > 0) {
      const { exitCode, output } = await this.#exec(hook, graceMs);
      if (exitCode !== 0) {
        this.#events.hookFailed('PreStop', output);
      }
    }
    await this.#process.stop(Math.max(0, graceMs - (Date.now() - startedAt)));
  }

  async #postStart(graceMs: number): Promise<void> {
    const command = this.#container.lifecycle?.postStart?.exec?.command;
    if (command) {
      const { exitCode, output } = await this.#exec(command, POST_START_MS);
      if (exitCode !== 0) {
        this.#events.hookFailed('PostStart', output);
        await this.stop(graceMs);
      }
    }
  }

  async #exec(
    command: readonly string[],
    timeoutMs: number,
  ): Promise<CommandResult> {
    const { env, workingDir } = this.#spec;
    return runInContainer({
      command: await this.#spec.wrap(command),
      env,
      workingDir,
      timeoutMs,
    });
  }
}
