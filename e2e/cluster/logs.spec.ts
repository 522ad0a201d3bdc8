import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { setFaults } from './support/FaultProxy';
import { Portal } from './support/Portal';
import { numbersOf, rayJob, upTo } from './support/rayJob';
import { CLUSTER, FAULTS_PORT, NAMESPACE, readTarget } from './support/target';

const run = promisify(execFile);
const { restartApiServer } = readTarget();
let portal: Portal;

test.beforeAll(async () => {
  portal = await Portal.signIn();
});

test.afterEach(async () => {
  await setFaults(FAULTS_PORT, {});
});

/** Prints numbered lines of some length; the seconds are between two of them. */
function talking(count: number, seconds: number, bytes: number): string {
  return `
import time
for number in range(1, ${count} + 1):
    print(f"line {number:06d} " + "x" * ${bytes}, flush=True)
    time.sleep(${seconds})
`;
}

/**
 * Follows a job's log while something goes wrong after its twentieth line.
 * Nothing may be lost or come twice.
 */
async function followThrough(
  name: string,
  options: {
    readonly count: number;
    readonly seconds: number;
    readonly bytes?: number;
    readonly trouble: () => Promise<unknown>;
  },
) {
  const { count, seconds, bytes = 20, trouble } = options;
  await portal.submit(rayJob({ name, code: talking(count, seconds, bytes) }));
  let seen = 0;
  let troubled: Promise<unknown> | undefined;
  const log = await portal.readLog(name, 'driver', line => {
    seen += line.startsWith('line ') ? 1 : 0;
    if (seen === 20) troubled ??= trouble();
  });
  expect(troubled).toBeDefined();
  await troubled;
  expect(numbersOf(log.lines)).toEqual(upTo(count));
  expect(log.gaps).toEqual([]);
  expect(log.end.reason).toBe('completed');
}

test('no line is lost or repeated behind a proxy that cuts mid-line', async () => {
  await followThrough('cut-mid-line', {
    count: 600,
    seconds: 0.05,
    bytes: 3_000,
    // What is written within a second has to fit into one connection, also in a burst.
    trouble: () => setFaults(FAULTS_PORT, { resetAfterBytes: 300_000 }),
  });
  const { resets } = await setFaults(FAULTS_PORT, {});
  expect(resets).toBeGreaterThan(2);
});

test('no line is lost or repeated behind a proxy that ends silent connections', async () => {
  const { resets: before } = await setFaults(FAULTS_PORT, {});
  await followThrough('idled-out', {
    count: 28,
    seconds: 1.5,
    trouble: () => setFaults(FAULTS_PORT, { idleMs: 700 }),
  });
  const { resets } = await setFaults(FAULTS_PORT, {});
  expect(resets).toBeGreaterThan(before + 2);
});

test('no line is lost or repeated while the API server is out of reach', async () => {
  await followThrough('api-server-away', {
    count: 60,
    seconds: 0.5,
    trouble: async () => {
      await setFaults(FAULTS_PORT, { refuse: true });
      await expect
        .poll(async () => (await clusterStatus())?.ok, { timeout: 60_000 })
        .toBe(false);
      const { items } = await portal.ray<{ items: readonly unknown[] }>(
        `/jobs?namespace=${NAMESPACE}`,
      );
      expect(items.length).toBeGreaterThan(0);
      await setFaults(FAULTS_PORT, {});
      await expect
        .poll(async () => (await clusterStatus())?.ok, { timeout: 90_000 })
        .toBe(true);
    },
  });
});

async function clusterStatus() {
  const { clusters } = await portal.ray<{
    clusters: readonly { name: string; ok: boolean }[];
  }>('/jobs?limit=1');
  return clusters.find(({ name }) => name === CLUSTER);
}

if (restartApiServer) {
  test('no line is lost or repeated through a restart of the API server', async () => {
    await followThrough('api-server-restarted', {
      count: 80,
      seconds: 0.5,
      trouble: () => run('sh', ['-c', restartApiServer]),
    });
  });
}

test('a rotated log is followed without loss, or says what it lost', async () => {
  // The kubelet keeps 10 MiB in a file; this is four of them, a little at a time.
  const count = 40_000;
  await portal.submit(
    rayJob({ name: 'rotated', code: talking(count, 0.0005, 1_000) }),
  );
  const log = await portal.readLog('rotated');
  const numbers = numbersOf(log.lines);
  const inOrder = numbers.every(
    (number, index) => index === 0 || number > (numbers[index - 1] ?? 0),
  );
  expect(inOrder).toBe(true);
  const lost = count - numbers.length;
  expect(lost === 0 || log.gaps.length > 0).toBe(true);
  expect(numbers.at(-1)).toBe(count);
  test.info().annotations.push({
    type: 'lines lost by rotation',
    description: `${lost} of ${count}, ${log.gaps.length} gaps told`,
  });
});
