// The other side of the benchmark of freshness: the cluster, and those who watch.
import * as http from 'node:http';
import { sleep } from '@ml-platform/kube';
import { RAYJOBS } from '@ml-platform/rayjob';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { answer } from './helper';
import { sampleJob } from './sampleJobs';

type Order =
  | { readonly type: 'cluster'; readonly jobs: number }
  | { readonly type: 'viewers'; readonly url: string; readonly count: number }
  | {
      readonly type: 'run';
      readonly perSecond: number;
      readonly seconds: number;
      /** Numbers of the jobs that change; every 148th where absent. */
      readonly of?: readonly number[];
    };

/** Version of a job that says when it was written, in microseconds. */
const stamp = () => `at-${Math.round(performance.now() * 1_000)}`;

const delays: number[] = [];
let api: FakeKubeApi;
let jobs = 0;

/** Resolves with the snapshot. */
function watch(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { agent: new http.Agent() }, response => {
        let rest = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          const now = performance.now();
          const events = (rest + chunk).split('\n\n');
          rest = events.pop() ?? '';
          for (const event of events) {
            if (event.includes('event: snapshot')) {
              resolve();
            } else {
              const at = /"version":"at-(\d+)"/.exec(event)?.[1];
              if (at) {
                delays.push(now - Number(at) / 1_000);
              }
            }
          }
        });
      })
      .on('error', reject);
  });
}

async function change(
  perSecond: number,
  seconds: number,
  of: readonly number[] | undefined,
): Promise<void> {
  const begin = performance.now();
  for (let i = 0; i < perSecond * seconds; i += 1) {
    const due = begin + (i * 1_000) / perSecond;
    await sleep(Math.max(0, due - performance.now()));
    // Running and starting jobs are those that change.
    const job = of ? of[i % of.length] : (i * 4 * 37) % jobs;
    api.put(RAYJOBS, sampleJob(job, stamp()));
  }
  await sleep(2_000);
}

async function obey(order: Order): Promise<object> {
  switch (order.type) {
    case 'cluster':
      jobs = order.jobs;
      api = await FakeKubeApi.start();
      for (let i = 0; i < jobs; i += 1) {
        api.put(RAYJOBS, sampleJob(i));
      }
      return { url: api.url };
    case 'viewers':
      await Promise.all(
        Array.from({ length: order.count }, () => watch(order.url)),
      );
      return {};
    default:
      await change(order.perSecond, order.seconds, order.of);
      return { delays };
  }
}

process.on('message', (order: Order) => {
  obey(order).then(answer, error => {
    process.stderr.write(`${error}\n`);
    process.exitCode = 1;
    process.disconnect();
  });
});
