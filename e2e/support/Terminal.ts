import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

const BIN = require.resolve('../../packages/cli/dist/ml-platform.cjs');

/** How a command ended, and what it said. */
export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that goes on. */
export interface Running {
  /** What it has said so far, on both streams. */
  readonly text: () => string;
  /** Resolves when the text has the words. */
  readonly says: (words: RegExp) => Promise<void>;
  /** Presses Ctrl-C; resolves to how it ended and the milliseconds that took. */
  readonly interrupt: () => Promise<Said & { readonly took: number }>;
  readonly ended: Promise<Said>;
}

const PATIENCE = 120_000;

/** Types commands of `ml-platform` in a folder, each a process of its own. */
export class Terminal {
  readonly #cwd: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(options: {
    readonly cwd: string;
    readonly env?: NodeJS.ProcessEnv;
  }) {
    this.#cwd = options.cwd;
    this.#env = {
      ...process.env,
      KUBECONFIG: undefined,
      NO_COLOR: '1',
      ...options.env,
    };
  }

  /** Runs a command to its end. */
  run(...args: string[]): Promise<Said> {
    return this.start(...args).ended;
  }

  /** Runs a line of a shell, in which `ml-platform` is the command. */
  async shell(shell: string, line: string): Promise<string> {
    const { stdout } = await promisify(execFile)(shell, ['-c', line], {
      cwd: this.#cwd,
      env: this.#env,
    });
    return stdout;
  }

  start(...args: string[]): Running {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: this.#cwd,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', text => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      stderr += text;
    });
    const ended = once(child, 'close').then(([code]) => ({
      code,
      stdout,
      stderr,
    }));
    const text = () => stdout + stderr;
    return {
      text,
      ended,
      async says(words) {
        const limit = Date.now() + PATIENCE;
        while (!words.test(text())) {
          if (child.exitCode !== null || Date.now() > limit) {
            throw new Error(
              `${args.join(' ')} doesn't say ${words}: ${text()}`,
            );
          }
          await new Promise(resolve => {
            setTimeout(resolve, 50);
          });
        }
      },
      async interrupt() {
        const begin = performance.now();
        child.kill('SIGINT');
        const said = await ended;
        return { ...said, took: performance.now() - begin };
      },
    };
  }
}
