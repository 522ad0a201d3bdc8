import { spawn } from 'node:child_process';
import { signalProcess } from './processTable';

export interface CommandResult {
  /** Undefined where it did not end in time. */
  readonly exitCode: number | undefined;
  /** What it wrote to both outputs, at most 4 KiB. */
  readonly output: string;
}

const LONGEST_OUTPUT = 4096;

/** Runs a command beside a container's process, like `exec` does, with a limit of time. */
export function runInContainer(options: {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly workingDir: string;
  readonly timeoutMs: number;
}): Promise<CommandResult> {
  const [program, ...args] = options.command;
  return new Promise(resolve => {
    const child = spawn(program, args, {
      cwd: options.workingDir,
      env: options.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const take = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(0, LONGEST_OUTPUT);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      if (child.pid) {
        signalProcess(-child.pid, 'SIGKILL');
      }
    }, options.timeoutMs);
    child.once('error', error => {
      clearTimeout(timer);
      resolve({ exitCode: 127, output: error.message });
    });
    child.once('close', code => {
      clearTimeout(timer);
      resolve({ exitCode: timedOut ? undefined : (code ?? 137), output });
    });
  });
}
