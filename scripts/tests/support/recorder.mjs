// Runs a script of this folder, in a process of its own, with recorders in the place of
// gcloud, kubectl and terraform: they note how they are called, and answer as told.
import { spawn } from 'node:child_process';
import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from '../../lib/paths.mjs';

const COMMANDS = ['gcloud', 'kubectl', 'terraform', 'gke-gcloud-auth-plugin'];

/** What the scripts use of an ordinary system. Nothing else is on their PATH. */
const SYSTEM = [
  'awk',
  'base64',
  'basename',
  'bash',
  'cat',
  'date',
  'dirname',
  'env',
  'grep',
  'head',
  'sleep',
  'tr',
];

const RECORDER = `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const home = process.env.RECORDER_HOME;
const words = [basename(process.argv[1]), ...process.argv.slice(2)];
const line = words.join(' ');
const stdin = words.includes('--data-file=-') ? readFileSync(0, 'utf8') : undefined;
appendFileSync(join(home, 'calls'), JSON.stringify({ line, stdin }) + '\\n');
const answers = JSON.parse(readFileSync(join(home, 'answers'), 'utf8'));
const found = answers.find(answer => line.includes(answer.when) && !(answer.once && existsSync(join(home, answer.once))));
if (found?.once) writeFileSync(join(home, found.once), '');
process.stdout.write(found?.stdout ?? '');
process.stderr.write(found?.stderr ?? '');
process.exitCode = found?.exit ?? 0;
`;

function systemPath(name) {
  const folder = (process.env.PATH ?? '')
    .split(delimiter)
    .find(entry => existsSync(join(entry, name)));
  if (!folder)
    throw new Error(`The scripts need ${name}, which isn't on the PATH.`);
  return join(folder, name);
}

async function prepare(home, { answers, without }) {
  const bin = join(home, 'bin');
  await mkdir(bin);
  for (const name of SYSTEM) await symlink(systemPath(name), join(bin, name));
  for (const name of COMMANDS.filter(command => !without.includes(command))) {
    await writeFile(join(bin, name), RECORDER);
    await chmod(join(bin, name), 0o755);
  }
  // The first answer whose words are in the command counts; `once` names one that ends.
  await writeFile(join(home, 'answers'), JSON.stringify(answers));
  await writeFile(join(home, 'calls'), '');
  return bin;
}

function ended(child, input) {
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    child[stream].setEncoding('utf8').on('data', chunk => {
      output[stream] += chunk;
    });
  }
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve({ code, ...output }));
  });
}

/**
 * Runs `scripts/NAME ARGS` to its end. Resolves to its exit status, what it printed, and
 * the commands that it ran: their words joined by spaces, and what they read.
 */
export async function runScript(
  name,
  args = [],
  { answers = [], without = [], input = '' } = {},
) {
  const home = await mkdtemp(join(tmpdir(), 'recorder-'));
  try {
    const bin = await prepare(home, { answers, without });
    const child = spawn(join(root, 'scripts', name), args, {
      cwd: tmpdir(),
      env: { PATH: bin, RECORDER_HOME: home, HOME: home },
    });
    const result = await ended(child, input);
    const calls = (await readFile(join(home, 'calls'), 'utf8'))
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));
    return { ...result, calls, lines: calls.map(call => call.line) };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Terraform's outputs, as it has them after an apply. */
export const STATE = [
  { when: 'output -no-color -raw project_id', stdout: 'demo-project' },
  { when: 'output -no-color -raw region', stdout: 'europe-west3' },
  { when: 'output -no-color -raw name', stdout: 'ml-platform' },
];
