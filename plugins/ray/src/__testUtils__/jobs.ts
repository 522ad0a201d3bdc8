import type {
  JobDetail,
  JobFacets,
  JobList,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';

/** A running job, with changes that a test needs. */
export function aJob(change: Partial<JobSummary> = {}): JobSummary {
  const name = change.name ?? 'hello-ray-20251201-120000';
  return {
    cluster: 'workload-cluster',
    namespace: 'training',
    name,
    uid: `uid-${name}`,
    workload: 'hello-ray',
    version: '1.0.0',
    image: 'localhost:7009/hello-ray:1.0.0',
    owner: 'user:default/guest',
    state: 'running',
    createdAt: '2025-12-01T12:00:00Z',
    startedAt: '2025-12-01T12:00:30Z',
    attempt: 1,
    entrypoint: 'python train.py',
    resources: { cpu: 2000, memory: 2 ** 31, gpu: 0, accelerators: {} },
    workers: { desired: 2, ready: 1 },
    ...change,
  };
}

/** A list as the backend sends it. */
export function aList(
  items: readonly JobSummary[],
  change: Partial<JobList> = {},
): JobList {
  return {
    items,
    total: items.length,
    clusters: [{ name: 'workload-cluster', ok: true }],
    ...change,
  };
}

/** The details of a job, with changes that a test needs. */
export function aDetail(
  summary: JobSummary,
  change: Partial<JobDetail> = {},
): JobDetail {
  return {
    summary,
    pods: [],
    attempts: [],
    conditions: [],
    gitops: summary.gitops,
    logSources: [{ id: 'driver', title: 'Driver', kind: 'driver' }],
    live: true,
    ...change,
  };
}

/** What the backend says that jobs can be filtered by. */
export function someFacets(change: Partial<JobFacets> = {}): JobFacets {
  const none = { values: [], others: 0 };
  return {
    total: 0,
    cluster: none,
    namespace: none,
    state: none,
    workload: none,
    owner: none,
    ...change,
  };
}
