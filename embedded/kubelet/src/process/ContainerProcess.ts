import { sleep } from '@ml-platform/kube';
import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { ContainerLog } from '../logs/ContainerLog';
import { processesWith, signalProcess } from './processTable';

/** Environment variable by which the processes of one container are known. */
export const CONTAINER_MARKER = 'ML_PLATFORM_CONTAINER';

export interface ProcessSpec {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly workingDir: string;
  /** Value of {@link CONTAINER_MARKER} in `env`. */
  readonly containerId: string;
}

/** How long output may still come after the end of the process, in ms. */
const DRAIN_MS = 250;

/**
 * A container as a local process, in a session of its own, with its output in a
 * log. When it ends, whatever it started ends too, as in a container.
 */
export class ContainerProcess {
  readonly pid: number;
  /** Exit code; 128 and the signal's number where a signal ended it. */
  readonly ended: Promise<number>;
  readonly #containerId: string;
  #running = true;

  private constructor(
    child: ChildProcess,
    pid: number,
    containerId: string,
    log: ContainerLog,
  ) {
    this.pid = pid;
    this.#containerId = containerId;
    const { stdout, stderr } = child;
    const output = Promise.all([
      stdout && log.attach('stdout', stdout),
      stderr && log.attach('stderr', stderr),
    ]);
    this.ended = new Promise<number>(resolve => {
      child.once('exit', (code, signal) =>
        resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)),
      );
    }).then(async code => {
      this.#running = false;
      await this.#killRest();
      await Promise.race([output, sleep(DRAIN_MS)]);
      stdout?.destroy();
      stderr?.destroy();
      log.close();
      return code;
    });
  }

  /** @throws {Error} of the system when the program can't be started */
  static async start(
    spec: ProcessSpec,
    log: ContainerLog,
  ): Promise<ContainerProcess> {
    const [program, ...args] = spec.command;
    const child = spawn(program, args, {
      cwd: spec.workingDir,
      env: spec.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('spawn', () => resolve(child.pid ?? 0));
    });
    return new ContainerProcess(child, pid, spec.containerId, log);
  }

  /** SIGTERM to the process group, and SIGKILL to all when the time is over. */
  async stop(graceMs: number): Promise<void> {
    if (!this.#running) {
      return;
    }
    if (graceMs > 0) {
      signalProcess(-this.pid, 'SIGTERM');
      const timer = new AbortController();
      const inTime = await Promise.race([
        this.ended.then(() => true),
        sleep(graceMs, timer.signal).then(() => false),
      ]);
      timer.abort();
      if (inTime) {
        return;
      }
    }
    signalProcess(-this.pid, 'SIGKILL');
    await this.ended;
  }

  async #killRest(): Promise<void> {
    signalProcess(-this.pid, 'SIGKILL');
    for (let round = 0; round < 20; round += 1) {
      const left = await processesWith(CONTAINER_MARKER, this.#containerId);
      if (left.length === 0) {
        return;
      }
      left.forEach(pid => signalProcess(pid, 'SIGKILL'));
      await sleep(10 * (round + 1));
    }
  }
}
