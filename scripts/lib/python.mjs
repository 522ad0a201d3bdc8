import { Problem } from './problem.mjs';
import { run } from './run.mjs';

const CANDIDATES = [
  'python3',
  'python3.13',
  'python3.12',
  'python3.11',
  'python3.10',
  'python',
];

/** Finds a Python 3.10 or newer; returns its command and version. */
export async function findPython() {
  const seen = [];
  for (const command of CANDIDATES) {
    const { code, output } = await run(command, ['--version']).catch(() => ({
      code: 1,
      output: '',
    }));
    const [, major, minor] = /Python (\d+)\.(\d+)/.exec(output) ?? [];
    if (code !== 0 || major === undefined) continue;
    if (Number(major) === 3 && Number(minor) >= 10)
      return { command, version: output.trim().slice(7) };
    seen.push(`${command} is ${output.trim()}`);
  }
  const found = seen.length > 0 ? ` (${seen.join(', ')})` : '';
  throw new Problem(
    `Python 3.10 or newer was not found${found}. Training jobs run in Python here: install it (Debian and Ubuntu: apt install python3 python3-venv; macOS: brew install python), then run the command again.`,
  );
}
