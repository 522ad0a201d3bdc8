// Runs each block of shell commands in the documents, with a recorder in the place of
// every program, and checks what was recorded: npm scripts and files of the repository
// exist, and programs that can tell (kubectl, helm and the like) accept their arguments.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';

const { scripts } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
/** With `--help` these parse all arguments, and refuse unknown ones, but run nothing. */
const TELL = new Set(['kubectl', 'helm', 'argocd']);
/**
 * Programs of the machine or of other vendors: that bash finds the call valid is all. The
 * words of ml-platform are read in packages/cli/src/documented.test.ts.
 */
const OTHERS = new Set(
  (
    'alias apt-get base64 buildah chmod cp crossplane curl docker gcloud git head jq mkdir ' +
    'ml-platform node npx pip podman psql pytest python python3 sed sudo terraform uv ' +
    'yarn zcat'
  ).split(' '),
);

const git = (...args) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim().split('\n');
/** Programs by their paths: those of the repository, and of a virtual environment. */
const programs = [
  ...git('ls-files', '--stage')
    .filter(line => line.startsWith('100755'))
    .map(line => line.split('\t')[1]),
  '.venv/bin/pip',
  '.venv/bin/python',
];

/** Notes how many words a call has, and the words; takes its input, and answers. */
const RECORDER = `#!/bin/bash
[ "\${0##*/}" = record ] || set -- "$0" "$@"
printf '%s\\0' $# "$@" >>"$CALLS"
[ -p /dev/stdin ] && while read -r _; do :; done
echo recorded
`;

const blocks = text =>
  [...text.matchAll(/^( *)```(?:sh|bash|shell)\n([\s\S]*?)^ *```$/gm)].map(
    ([, indent, code]) => code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );

/** Where a block runs: the recorder stands for each program of the repository. */
function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'commands-'));
  writeFileSync(join(folder, 'record'), RECORDER, { mode: 0o755 });
  for (const path of programs) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(folder, 'record'), join(folder, path));
  }
  return folder;
}

/** Runs a block, and reads the calls: for each, how many words, and the words. */
function record(code) {
  const folder = makeFolder();
  const program = `
    command_not_found_handle() { ./record "$@"; }
    cd() { :; }; source() { :; }; alias() { :; }
    ${code}`;
  const { status, stderr } = spawnSync('/bin/bash', ['-c', program], {
    cwd: folder,
    env: { PATH: '/nowhere', HOME: folder, CALLS: join(folder, 'calls') },
    encoding: 'utf8',
    timeout: 10_000,
  });
  const words = existsSync(join(folder, 'calls'))
    ? readFileSync(join(folder, 'calls'), 'utf8').split('\0').slice(0, -1)
    : [];
  rmSync(folder, { recursive: true });
  const calls = [];
  while (words.length > 0) calls.push(words.splice(0, Number(words.shift())));
  const failed = status !== 0 || stderr !== '';
  return { calls, problem: failed ? stderr || `exit ${status}` : undefined };
}

const onPath = program =>
  spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const missing = new Set();

/** What is wrong with a recorded call, or undefined. */
function problemOf([program, ...args]) {
  if (program === 'npm') {
    const script =
      args[0] === 'run'
        ? args.find((a, i) => i > 0 && !a.startsWith('-'))
        : args[0];
    return script in scripts ||
      ['install', 'ci', 'pack', 'view'].includes(args[0])
      ? undefined
      : `package.json has no script ${script}`;
  }
  if (TELL.has(program)) {
    if (!onPath(program)) {
      missing.add(program);
      return undefined;
    }
    const { status, stderr } = spawnSync(program, [...args, '--help'], {
      encoding: 'utf8',
    });
    return status === 0 ? undefined : stderr.trim().split('\n')[0];
  }
  return OTHERS.has(program) || program.includes('/')
    ? undefined
    : `no check knows ${program}`;
}

let count = 0;
const problems = [];
for (const file of git('ls-files', '*.md')) {
  // A block goes on where the one before ended, as in a terminal.
  const code = blocks(readFileSync(join(root, file), 'utf8')).join('');
  const { problem, calls } = record(code);
  if (problem) problems.push(`${file}: bash says of its commands: ${problem}`);
  count += calls.length;
  for (const call of calls) {
    const found = problemOf(call);
    if (found) problems.push(`${file}: ${call.join(' ')}: ${found}`);
  }
}
problems.forEach(problem => process.stderr.write(`${problem}\n`));
process.exitCode = problems.length > 0 ? 1 : 0;
process.stdout.write(`${count} commands\n`);
for (const program of missing)
  process.stdout.write(
    `${program} isn't on this machine: its arguments were not checked.\n`,
  );
