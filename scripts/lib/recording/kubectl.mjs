import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { Problem } from '../problem.mjs';

const run = promisify(execFile);

/** kubectl on one cluster; it has to be on the PATH. */
export class Kubectl {
  #flags;

  constructor({ context }) {
    this.#flags = context ? ['--context', context] : [];
  }

  /** What a command answers. @throws Problem with what kubectl says */
  async text(...args) {
    try {
      const { stdout } = await run('kubectl', [...this.#flags, ...args], {
        maxBuffer: 64 * 1024 * 1024,
      });
      return stdout;
    } catch (error) {
      throw new Problem(
        error.code === 'ENOENT'
          ? 'There is no kubectl on the PATH; install it, it does the recording'
          : error.message,
      );
    }
  }

  /** The lines of a command that goes on, until it ends or the signal aborts. */
  async *lines(signal, ...args) {
    const child = spawn('kubectl', [...this.#flags, ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const kill = () => child.kill();
    signal.addEventListener('abort', kill, { once: true });
    try {
      yield* createInterface({ input: child.stdout, crlfDelay: Infinity });
    } finally {
      signal.removeEventListener('abort', kill);
      child.kill();
    }
  }

  /** The changes of a collection as the API server sends them. */
  async *watch(path, signal) {
    const raw = `${path}?watch=true&timeoutSeconds=3600`;
    for await (const line of this.lines(signal, 'get', '--raw', raw)) {
      const change = JSON.parse(line);
      if (change.type === 'ERROR') {
        throw new Error(`${path}: ${change.object.message}`);
      }
      yield change;
    }
  }
}
