import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { PROJECT, terminalInProject } from '../support/project';
import { ROOT } from '../support/runPlatform';
import { Terminal } from '../support/Terminal';

const VERSION = 'v2.0.0';
const LOOP =
  'python -c "import time; [print(i, flush=True) or time.sleep(.2) for i in range(1000)]"';

let terminal: Terminal;

test.beforeAll(async () => {
  terminal = await terminalInProject();
});

/** Runs a command that has to succeed, and returns what it prints. */
async function must(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await terminal.run(...args);
  // A log may well speak of errors.
  expect(stderr, args.join(' ')).not.toContain('Error:');
  expect(code, `${args.join(' ')}: ${stderr}`).toBe(0);
  return stdout;
}

test.describe.configure({ mode: 'serial' });

test('a job goes from its code to its log in a terminal', async () => {
  expect(await must('status')).toMatch(/KubeRay +ok/);
  expect(await must('doctor')).not.toMatch(/fail/i);
  expect(await must('workloads', '-o', 'name')).toContain('hello-ray');
  await must('build', 'hello-ray', VERSION);
  expect(await must('versions', 'hello-ray', '-o', 'name')).toContain(VERSION);

  const image = `hello-ray:${VERSION}`;
  const dry = await must('submit', image, '--dry-run', '-o', 'yaml');
  expect(dry).toContain('kind: RayJob');
  const log = await must('submit', image, '--name', 'typed', '--follow');
  expect(log).toMatch(/^typed\n/);
  expect(log).toContain('step 10/10');

  expect(await must('list', '-o', 'name')).toContain('typed\n');
  expect(JSON.parse(await must('get', 'typed', '-o', 'json'))).toMatchObject({
    summary: { name: 'typed', state: 'succeeded', owner: 'user:default/guest' },
  });
  expect(await must('describe', 'typed')).toMatch(/Links\n {2}Portal: http/);
  expect((await must('logs', 'typed', '--tail', '1')).split('\n')).toHaveLength(
    2,
  );
  expect(await must('logs', 'typed', '--source', 'all')).toMatch(
    /^\[typed-.*\/ray-job-submitter\] /m,
  );
  expect(await must('logs', 'typed', '--timestamps')).toMatch(
    /^\d{4}-\d\d-\d\dT[\d:.]+Z step 1\/10/m,
  );
  expect(await must('open', 'typed', '--print')).toContain(
    '/ray/jobs/workload-cluster/training/typed',
  );
});

test('the exit status is that of the job, with its cause', async () => {
  const { code, stderr } = await terminal.run(
    ...['submit', `hello-ray:${VERSION}`, '--name', 'boom', '--workers', '0'],
    ...['--entrypoint', 'python -c "raise ValueError(42)"', '--wait'],
  );
  expect(code).toBe(1);
  expect(stderr).toContain('ValueError: 42');
});

test('a running job is followed, reached, stopped, run again and deleted', async () => {
  await must(
    ...['submit', `hello-ray:${VERSION}`, '--name', 'loop', '--workers', '0'],
    ...['--entrypoint', LOOP],
  );
  const follower = terminal.start('logs', '-f', 'loop');
  await follower.says(/^5$/m);

  const scaled = await terminal.run('scale', '3', '-o', 'json');
  expect(scaled.code).toBe(2);
  const forward = terminal.start('port-forward', 'ray', '--job', 'loop');
  await forward.says(/http:\/\/127\.0\.0\.1:\d+/);
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(forward.text()) ?? [''];
  const answer = await fetch(`${url}/api/version`);
  expect(await answer.json()).toMatchObject({ ray_version: '2.55.1' });
  const closed = await forward.interrupt();
  expect(closed.code).toBe(130);
  expect(closed.took).toBeLessThan(1_000);

  const left = await follower.interrupt();
  expect(left.code).toBe(130);
  expect(left.took).toBeLessThan(1_000);
  expect(left.stderr).toContain('loop continues');
  const numbers = left.stdout.match(/^\d+$/gm)?.map(Number) ?? [];
  expect(numbers).toEqual(numbers.map((_, i) => i));

  const unasked = await terminal.run('stop', 'loop');
  expect(unasked.code).toBe(2);
  expect(unasked.stderr).toContain('--yes');
  await must('stop', 'loop', '--yes');
  await expect(async () => {
    expect(await must('get', 'loop')).toContain('stopped');
  }).toPass();
  await must('delete', 'loop', '--yes');
  // The portal keeps what the cluster no longer has.
  await expect(async () => {
    expect(await must('logs', 'loop')).toMatch(/^5$/m);
  }).toPass();
  const again = (await must('retry', 'boom')).trim();
  expect(again).toMatch(/^hello-ray-\d{8}-\d{6}$/);
  await must('delete', again, '--yes');
});

test('a job waits in a pull request', async () => {
  const { code, stderr } = await terminal.run(
    ...['submit', `hello-ray:${VERSION}`, '--name', 'by-git', '--pull-request'],
  );
  expect(code, stderr).toBe(0);
  expect(stderr).toMatch(
    /Merge the pull request to start it: http\S+\/pull\/\d+/,
  );
  await expect(async () => {
    expect(await must('get', 'by-git')).toContain('awaiting-merge');
  }).toPass();
});

test('a workload is proposed', async () => {
  const create = ['create-workload', 'typed_galaxies'];
  const made = await must(
    ...[...create, '--description', 'Sorts galaxies.', '-o', 'json'],
  );
  const { links } = JSON.parse(made) as { links: { url: string }[] };
  expect(links.map(({ url }) => url)).toEqual([
    expect.stringMatching(/^http\S+\/pull\/\d+$/),
  ]);
  expect((await fetch(links[0].url)).status).toBe(200);

  const refused = await terminal.run(
    ...['create-workload', '1st', '--description', 'Sorts galaxies.'],
  );
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('name: Use lowercase letters and digits');
});

test('everything works through the portal alone', async () => {
  const { HOME = '' } = process.env;
  const folder = await mkdtemp(join(tmpdir(), 'portal-'));
  const { baseURL = '' } = test.info().project.use;
  const alone = new Terminal({
    cwd: folder,
    env: { ML_PLATFORM_PORTAL: baseURL, XDG_CONFIG_HOME: folder, HOME },
  });
  const said = await alone.run('list', '-A', '-o', 'json');
  expect(said.code, said.stderr).toBe(0);
  expect(JSON.parse(said.stdout)).toContainEqual(
    expect.objectContaining({ name: 'typed', state: 'succeeded' }),
  );
  const log = await alone.run('logs', 'typed');
  expect(log.stdout).toContain('step 10/10');
  // A line has its number also when it is looked for, and in a range.
  const found = await alone.run('logs', 'typed', '--grep', '^step 10/10');
  expect(found.stdout, found.stderr).toMatch(/^\d+:step 10\/10/);
  const number = found.stdout.split(':')[0];
  const line = await alone.run('logs', 'typed', '--lines', number);
  expect(line.stdout, line.stderr).toBe(found.stdout);
  expect((await alone.run('status')).code).toBe(0);
  await rm(folder, { recursive: true });
});

test('each mistake has its exit status and says what to do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nowhere-'));
  const nowhere = new Terminal({ cwd: folder, env: { HOME: folder } });
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(
    kubeconfig,
    JSON.stringify({
      clusters: [{ name: 'c', cluster: { server: 'http://127.0.0.1:9' } }],
      contexts: [{ name: 'c', context: { cluster: 'c' } }],
      'current-context': 'c',
    }),
  );
  for (const [where, args, status, words] of [
    [terminal, ['lst'], 2, /Did you mean one of list/],
    [terminal, ['list', '--state', 'sleeping'], 2, /use one of/],
    [terminal, ['get', 'nobody'], 3, /There is no job nobody/],
    [terminal, ['submit', 'hello-ray:1', '--cpu', 'lots'], 2, /cpu: 'lots'/],
    [nowhere, ['list'], 3, /There is no kubeconfig/],
    [nowhere, ['list', '--kubeconfig', kubeconfig], 5, /127\.0\.0\.1:9/],
    [nowhere, ['list', '--portal', 'http://127.0.0.1:9'], 5, /portal/],
  ] as const) {
    const { code, stderr } = await where.run(...args);
    expect(stderr, args.join(' ')).toMatch(words);
    expect(code, args.join(' ')).toBe(status);
  }
  await rm(folder, { recursive: true });
});

const WORDS: Readonly<Record<string, string>> = {
  bash: 'source <(ml-platform completion bash); COMP_WORDS=(ml-platform logs ty); COMP_CWORD=2; _ml_platform; echo "${COMPREPLY[@]}"',
  fish: 'ml-platform completion fish | source; complete -C "ml-platform logs ty"',
  zsh: 'autoload -Uz compinit; compinit -u -D; source <(ml-platform completion zsh); _describe() { print -l $choices }; words=(ml-platform logs ty); CURRENT=3; _ml_platform',
};
/** CI names them all; a person may have one. */
const SHELLS = (process.env.ML_PLATFORM_SHELLS ?? 'bash').split(/[ ,]+/);

for (const shell of SHELLS) {
  test(`${shell} completes names of jobs`, async () => {
    const bin = await mkdtemp(join(tmpdir(), 'bin-'));
    await symlink(
      join(ROOT, 'packages/cli/dist/ml-platform.cjs'),
      join(bin, 'ml-platform'),
    );
    const typed = new Terminal({
      cwd: PROJECT,
      env: { PATH: `${bin}:${process.env.PATH}` },
    });
    expect(await typed.shell(shell, WORDS[shell])).toContain('typed');
    await rm(bin, { recursive: true });
  });
}

test('the package works in an empty folder, with nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'package-'));
  const run = promisify(execFile);
  const options = { cwd: folder };
  const dist = join(ROOT, 'packages/cli/dist');
  const { stdout } = await run('npm', ['pack', '--silent', dist], options);
  await run(
    'npm',
    ['install', '--silent', '--no-save', '--offline', `./${stdout.trim()}`],
    options,
  );
  const installed = join(folder, 'node_modules/.bin/ml-platform');
  const { stdout: jobs } = await run(installed, ['list', '-o', 'name'], {
    cwd: PROJECT,
  });
  expect(jobs).toContain('typed');
  await rm(folder, { recursive: true });
});
