// The command line against kubectl, each figure beside its peer in the same run.
import { execFile } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { memorySite } from '../../plugins/ray-backend/bench/logSite';
import {
  median,
  ms,
  printTable,
} from '../../plugins/ray-backend/bench/measure';
import { fromAfar } from './distance';
import { jobsServer } from './jobsServer';
import { compare, cost, type Cost, type Typed } from './peer';

const BUNDLE = join(__dirname, '../../packages/cli/dist/ml-platform.cjs');
const ROUNDS = 15;
/** Milliseconds to a cluster and back, as to a region of a cloud. */
const ROUND_TRIP = 20;
/** Milliseconds that a log is followed for its memory. */
const FOLLOW = 3_000;

const ours = (...args: string[]): Typed => ({
  name: `ml-platform ${args[0]}`,
  command: process.execPath,
  args: [BUNDLE, ...args],
});

const kubectl = (...args: string[]): Typed => ({
  name: `kubectl ${args.slice(0, 2).join(' ')}`,
  command: 'kubectl',
  args,
});

/** Which kubectl it is: that of gcloud asks for the server's version before each request. */
async function kubectlVersion(): Promise<string> {
  const { stdout } = await promisify(execFile)('kubectl', [
    'version',
    '--client',
    '-o',
    'json',
  ]);
  return JSON.parse(stdout).clientVersion.gitVersion;
}

const mega = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const times = (costs: readonly Cost[] = []) =>
  median(costs.map(({ time }) => time));
const memory = (costs: readonly Cost[] = []) =>
  median(costs.map(one => one.memory));

async function race(
  title: string,
  pairs: readonly (readonly [Typed, Typed])[],
  rounds = ROUNDS,
): Promise<void> {
  const rows = [
    ['command', 'time', 'memory', 'peer', 'time', 'memory', 'ratio'],
  ];
  for (const [own, peer] of pairs) {
    const costs = await compare([own, peer], rounds);
    const sizes = await compare([own, peer], 1, { memory: true });
    const [a, b] = [costs.get(own), costs.get(peer)];
    rows.push([
      own.name,
      ms(times(a)),
      mega(memory(sizes.get(own))),
      peer.name,
      ms(times(b)),
      mega(memory(sizes.get(peer))),
      (times(a) / times(b)).toFixed(2),
    ]);
  }
  printTable(title, rows);
}

/** Lists and completes jobs of a server; `where` says which it is. */
async function listJobs(
  kubeconfig: string,
  where: string,
  rounds: number,
): Promise<void> {
  const place = ['--kubeconfig', kubeconfig];
  await race(
    where,
    [
      [ours('list', '-A', ...place), kubectl('get', 'rayjobs', '-A', ...place)],
      [
        ours('__complete', ...place, 'logs', ''),
        kubectl('__complete', ...place, 'get', 'rayjobs', ''),
      ],
    ],
    rounds,
  );
}

async function lists(count: number, rounds: number): Promise<void> {
  const { kubeconfig, close } = await jobsServer(count);
  const jobs = `${count} jobs, from an API server that prints its own tables`;
  try {
    await listJobs(kubeconfig, `${jobs}, on this machine`, rounds);
    const afar = await fromAfar(kubeconfig, ROUND_TRIP);
    try {
      await listJobs(afar.kubeconfig, `${jobs}, ${ROUND_TRIP} ms away`, rounds);
    } finally {
      await afar.close();
    }
  } finally {
    await close();
  }
}

async function logs(): Promise<void> {
  const site = await memorySite();
  const { kubeconfig, namespace, job, finished, live, container } = site;
  const place = ['--kubeconfig', kubeconfig, '-n', namespace];
  const read = (pod: string, ...more: string[]) =>
    ours('logs', job, '--source', `pod/${pod}/${container}`, ...place, ...more);
  try {
    await race(`A log of ${site.lines} lines, from ${site.title}`, [
      [read(finished), kubectl('logs', finished, '-c', container, ...place)],
    ]);
    const { memory: most } = await cost(read(live, '-f'), {
      memory: true,
      stopAfter: FOLLOW,
    });
    printTable('Following a log', [
      ['command', 'memory'],
      ['ml-platform logs -f', mega(most)],
    ]);
  } finally {
    await site.close();
  }
}

async function main(): Promise<void> {
  const load = loadavg()[0].toFixed(1);
  const peer = await kubectlVersion();
  process.stdout.write(
    `Node ${process.version}, kubectl ${peer}, ${cpus().length} cores, load ${load}\n`,
  );
  await race('Without a cluster', [
    [ours('--help'), kubectl('--help')],
    [ours('__complete', 'li'), kubectl('__complete', 'ge')],
  ]);
  await lists(10, ROUNDS);
  await lists(10_000, 5);
  await logs();
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
