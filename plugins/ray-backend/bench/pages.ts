import {
  compareJobs,
  jobSummary,
  parseJobOrder,
  type RayJob,
  RAYJOBS,
} from '@ml-platform/rayjob';
import { KubeClient, resourcePath, WatchStore } from '@ml-platform/kube';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { LiveJobs } from '../src/clusters/LiveJobs';
import { JobIndex } from '../src/jobs/JobIndex';
import { queryJobs, type JobQuery } from '../src/jobs/queryJobs';
import { EVERY_JOB } from '../src/permissions/Authorizer';
import { JobQueues } from '../src/kueue/JobQueues';
import { heapUsed, median, ms, printTable, ratio, timed } from './measure';
import { sampleJob } from './sampleJobs';

const EVERYTHING = { covers: EVERY_JOB, key: 'all' };

const BASE: JobQuery = {
  filter: {},
  scope: EVERYTHING,
  order: parseJobOrder('-createdAt'),
  limit: 50,
  now: 2e12,
};

/** The way of an object from the watch into the index, with all that it keeps. */
function load(count: number) {
  const index = new JobIndex();
  const queues = new JobQueues({ onChange: () => {}, wholeCluster: true });
  const clock = () => new Date();
  const live = new LiveJobs({ cluster: 'c', index, queues, clock });
  const store = new WatchStore<ReturnType<typeof sampleJob>>({
    handler: {
      upsert: (key, job) => live.putJob(key, job),
      remove: key => live.removeJob(key),
      synced: () => {},
      status: () => {},
    },
  });
  for (let i = 0; i < count; i += 1) {
    // As the watch brings it: parsed, so that no text is shared between jobs.
    store.put(JSON.parse(JSON.stringify(sampleJob(i))));
  }
  return { index, store };
}

/** What a portal without an index does for each page. */
async function listDirectly(client: KubeClient) {
  const rows = [];
  let next: string | undefined;
  do {
    const page: {
      items: readonly RayJob[];
      metadata: { continue?: string };
    } = await client.json({
      path: resourcePath(RAYJOBS),
      query: { limit: 500, continue: next },
      timeoutMs: 120_000,
    });
    rows.push(...page.items.map(job => jobSummary('c', job)));
    next = page.metadata.continue;
  } while (next);
  return rows.sort((a, b) => -compareJobs(a, b, 'createdAt', 0)).slice(0, 50);
}

/** A page of 50 from the index against listing the API, and heap per job. */
export async function pages(): Promise<void> {
  const rows = [
    [
      'jobs',
      'page',
      'after a change',
      'filter',
      'by duration',
      'facets',
      'new search',
      'its next page',
      'list of the API',
      'list / page',
      'heap per job',
    ],
  ];
  for (const count of [100, 1_000, 10_000, 100_000]) {
    const before = heapUsed();
    const { index, store } = load(count);
    const page = (query: Partial<JobQuery> = {}) =>
      queryJobs(index, { ...BASE, ...query });
    const heap = (heapUsed() - before) / count;
    const plain = median(await timed(50, () => page()));
    let version = 0;
    const change = () => {
      version += 1;
      store.put(sampleJob(version % count, `v${version}`));
    };
    const afterChange = async (ask: () => unknown) =>
      median(
        await timed(50, () => {
          change();
          ask();
        }),
      );
    const changed = await afterChange(page);
    const filter = {
      state: ['failed', 'running'],
      owner: ['user:default/person-7'],
    } as const;
    const filtered = await afterChange(() => page({ filter }));
    const order = parseJobOrder('-duration');
    const longest = await afterChange(() => page({ order }));
    const facets = await afterChange(() =>
      index.select(filter, EVERYTHING).facets(filter),
    );
    let searches = 0;
    const searched = median(
      await timed(20, () => {
        searches += 1;
        page({ filter: { q: `person-${searches} workload` } });
      }),
    );
    const search = { filter: { q: 'person-7 workload' }, limit: 10 };
    const { nextCursor: cursor } = page(search);
    const next = await afterChange(() => page({ ...search, cursor }));

    const api = await FakeKubeApi.start();
    for (let i = 0; i < count; i += 1) {
      api.put(RAYJOBS, sampleJob(i));
    }
    const client = new KubeClient({ access: api.access() });
    const runs = count > 10_000 ? 1 : 5;
    const direct = median(
      await timed(runs, () => listDirectly(client), runs > 1 ? 1 : 0),
    );
    client.close();
    await api.close();
    rows.push([
      String(count),
      ms(plain),
      ms(changed),
      ms(filtered),
      ms(longest),
      ms(facets),
      ms(searched),
      ms(next),
      ms(direct),
      ratio(direct / plain),
      `${Math.round(heap)} B`,
    ]);
  }
  printTable('A page of 50 jobs (medians)', rows);
}
