import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { ROOT } from '../support/runPlatform';
import { Terminal } from '../support/Terminal';
import { Admin } from './support/Admin';
import { setFaults } from './support/FaultProxy';
import { numbersOf, rayJob, upTo } from './support/rayJob';
import { FAULTS_PORT, NAMESPACE, readTarget } from './support/target';

const { restartApiServer } = readTarget();

let folder: string;
let terminal: Terminal;
let kubeconfig: string;

/** A kubeconfig for the way through the proxy that can fail. */
async function writeKubeconfig(user: object): Promise<string> {
  const file = join(ROOT, 'e2e/.results/cluster-kubeconfig.json');
  const config = JSON.parse(await readFile(file, 'utf8'));
  const path = join(await mkdtemp(join(tmpdir(), 'terminal-')), 'kubeconfig');
  const own = {
    name: 'typed',
    context: { cluster: 'workload', user: 'typed', namespace: NAMESPACE },
  };
  await writeFile(
    path,
    JSON.stringify({
      ...config,
      users: [
        {
          name: 'typed',
          user: {
            ...config.users.find(
              ({ name }: { name: string }) => name === 'operator',
            ).user,
            ...user,
          },
        },
      ],
      contexts: [own],
      'current-context': 'typed',
    }),
    { mode: 0o600 },
  );
  return path;
}

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'typed-'));
  kubeconfig = await writeKubeconfig({});
  terminal = new Terminal({
    cwd: folder,
    env: { KUBECONFIG: kubeconfig, HOME: folder },
  });
});

test.afterEach(async () => {
  await setFaults(FAULTS_PORT, {});
});

function talking(count: number, seconds: number): string {
  return `
import time
for number in range(1, ${count} + 1):
    print(f"line {number:06d} " + "x" * 500, flush=True)
    time.sleep(${seconds})
`;
}

/** The file of a job that prints numbered lines. */
async function jobFile(
  name: string,
  count: number,
  seconds: number,
): Promise<string> {
  const file = join(folder, `${name}.yaml`);
  await writeFile(
    file,
    JSON.stringify(rayJob({ name, code: talking(count, seconds) })),
  );
  return file;
}

test('the state of the cluster is told, and each link to it checked', async () => {
  const status = await terminal.run('status', '-o', 'json');
  expect(status.stderr).not.toContain('Error:');
  const [cluster] = JSON.parse(status.stdout).clusters;
  expect(cluster).toMatchObject({
    server: { ok: true, version: expect.stringMatching(/^v1\./) },
    nodes: { ok: true, ready: 1 },
  });
  const doctor = await terminal.run('doctor', '-o', 'json');
  expect(doctor.stdout).toContain('Kubernetes v1.');
});

test('a job is followed to its end over connections that are cut', async () => {
  // 230 kB. A log is read again from a whole second on, and a busy machine may write what
  // it prints in some seconds in one: all that has to fit into one connection.
  const file = await jobFile('typed-cut', 400, 0.05);
  const running = terminal.start('submit', '-f', file, '--follow');
  await running.says(/line 000020 /);
  await setFaults(FAULTS_PORT, { resetAfterBytes: 100_000 });
  await running.says(/line 000400 /);
  const { resets } = await setFaults(FAULTS_PORT, {});
  const { code, stdout, stderr } = await running.ended;
  expect(resets).toBeGreaterThan(0);
  expect(code, stderr).toBe(0);
  expect(numbersOf(stdout.split('\n'))).toEqual(upTo(400));
});

if (restartApiServer) {
  test('a log and a forwarded port survive a restart of the API server', async () => {
    await terminal.run(
      'submit',
      '-f',
      await jobFile('typed-restart', 100, 0.5),
    );
    const follower = terminal.start('logs', '-f', 'typed-restart');
    await follower.says(/line 000005 /);
    const forward = terminal.start(
      'port-forward',
      'ray',
      '--job',
      'typed-restart',
    );
    await forward.says(/http:\/\/127\.0\.0\.1:\d+/);
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(forward.text()) ?? [''];
    const reach = async () => (await fetch(`${url}/api/version`)).status;
    expect(await reach()).toBe(200);
    await promisify(execFile)('sh', ['-c', restartApiServer]);
    await expect
      .poll(() => reach().catch(() => 0), { timeout: 60_000 })
      .toBe(200);
    const closed = await forward.interrupt();
    expect(closed.code).toBe(130);
    expect(closed.took).toBeLessThan(1_000);
    const { code, stdout, stderr } = await follower.ended;
    expect(code, stderr).toBe(0);
    expect(numbersOf(stdout.split('\n'))).toEqual(upTo(100));
  });
}

test('what the node has rotated out of a log comes from Ray', async () => {
  // 30 MB, of which the node gives out the last file of 10 MiB.
  const count = 30_000;
  const code = `
import time
for number in range(1, ${count} + 1):
    print(f"line {number:06d} " + "x" * 1_000)
print("all is said", flush=True)
time.sleep(600)
`;
  const file = join(folder, 'typed-rotated.yaml');
  await writeFile(
    file,
    JSON.stringify(rayJob({ name: 'typed-rotated', code })),
  );
  await terminal.run('submit', '-f', file);
  await terminal.start('logs', '-f', 'typed-rotated').says(/all is said/);
  const admin = new Admin(readTarget());
  const labels = 'ray.io/originated-from-cr-name=typed-rotated,job-name';
  const [pod] = await admin.pods(NAMESPACE, labels);
  const first = () =>
    admin.firstLogLine(NAMESPACE, pod.metadata.name, 'ray-job-submitter');
  // Nothing may be left there: the program has written all before the node looked.
  await expect.poll(first, { timeout: 60_000 }).toMatch(/^(line .*|)$/);
  const { stdout, stderr } = await terminal.run('logs', 'typed-rotated');
  expect(numbersOf(stdout.split('\n'))).toEqual(upTo(count));
  expect(stderr).not.toContain('[gap]');
  await terminal.run('delete', 'typed-rotated', '--yes');
});

test('a running job is stopped, run again and deleted', async () => {
  await terminal.run('submit', '-f', await jobFile('typed-stop', 1_000, 0.5));
  const follower = terminal.start('logs', '-f', 'typed-stop');
  await follower.says(/line 000003 /);
  expect((await terminal.run('stop', 'typed-stop', '--yes')).code).toBe(0);
  await follower.ended;
  await expect
    .poll(async () => (await terminal.run('get', 'typed-stop')).stdout, {
      timeout: 60_000,
    })
    .toContain('stopped');
  const again = await terminal.run('retry', 'typed-stop');
  expect(again.code, again.stderr).toBe(0);
  for (const name of ['typed-stop', again.stdout.trim()]) {
    const { code, stderr } = await terminal.run('delete', name, '--yes');
    expect(code, stderr).toBe(0);
  }
});

test('wrong credentials, and a cluster that is away, are told apart', async () => {
  const wrong = await writeKubeconfig({
    token: 'wrong',
    'client-certificate-data': undefined,
    'client-key-data': undefined,
  });
  const refused = await terminal.run('list', '--kubeconfig', wrong);
  expect(refused.code, refused.stderr).toBe(4);
  await setFaults(FAULTS_PORT, { refuse: true });
  const away = await terminal.run('list');
  expect(away.code, away.stderr).toBe(5);
  expect((await terminal.run('status')).code).toBe(1);
});
