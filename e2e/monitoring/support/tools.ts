import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

/** Names of each program: Debian's own, and that of the project's releases. */
const NAMES = {
  prometheus: ['prometheus'],
  promtool: ['promtool'],
  node: ['prometheus-node-exporter', 'node_exporter'],
} as const;

export type Tool = keyof typeof NAMES;

/**
 * The name under which a program is on the PATH.
 *
 * @throws {Error} when it isn't there, with how to install it
 */
export async function findTool(tool: Tool): Promise<string> {
  for (const name of NAMES[tool]) {
    try {
      await promisify(execFile)(name, ['--version']);
      return name;
    } catch {
      // The next name.
    }
  }
  throw new Error(
    `${NAMES[tool][0]} isn't on the PATH. Install it (Debian: apt install prometheus prometheus-node-exporter).`,
  );
}

/** Runs promtool; returns what it prints, and whether it is content. */
export async function promtool(
  args: readonly string[],
  cwd: string,
): Promise<{ readonly ok: boolean; readonly text: string }> {
  const name = await findTool('promtool');
  return promisify(execFile)(name, args, { cwd }).then(
    ({ stdout, stderr }) => ({ ok: true, text: stdout + stderr }),
    error => ({ ok: false, text: `${error.stdout}${error.stderr}` }),
  );
}

/** Starts a program that goes on; returns what ends it. */
export async function startTool(
  tool: Tool,
  args: readonly string[],
): Promise<() => Promise<void>> {
  const child: ChildProcess = spawn(await findTool(tool), args, {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', text => {
    said = (said + text).slice(-4_000);
  });
  const ended = once(child, 'exit');
  let stopping = false;
  ended.then(([code]) => {
    if (!stopping) {
      process.stderr.write(`${tool} ended with ${code}:\n${said}\n`);
    }
  });
  return async () => {
    stopping = true;
    child.kill('SIGTERM');
    await ended;
  };
}
