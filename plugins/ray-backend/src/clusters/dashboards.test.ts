import type { JobSummary } from '@ml-platform/rayjob';
import type { JobCluster } from '@ml-platform/sdk';
import { dashboardsOfCluster, dashboardsOfJob } from './dashboards';

const entry: JobCluster = {
  name: 'gpu',
  title: 'GPU cluster',
  holdsJobs: true,
  dashboardUrl: 'https://console.example.com/gpu',
  dashboards: [
    { title: 'Nodes', url: 'https://g.example.com/nodes?c={cluster}' },
    {
      title: 'Ray',
      url: 'https://ray.example.com/{rayCluster}/#/jobs/{jobId}',
    },
  ],
  access: { ok: false, error: '' },
};

const job: JobSummary = {
  cluster: 'gpu',
  namespace: 'training',
  name: 'hello',
  uid: 'u',
  state: 'running',
  createdAt: '2026-11-25T12:00:00Z',
  attempt: 1,
  resources: { cpu: 0, memory: 0, gpu: 0, accelerators: {} },
  workers: { desired: 0, ready: 0 },
};

describe('dashboards', () => {
  it("begin with the cluster's own, and leave those of jobs to the jobs", () => {
    expect(dashboardsOfCluster(entry)).toEqual([
      { title: 'Dashboard', url: 'https://console.example.com/gpu' },
      { title: 'Nodes', url: 'https://g.example.com/nodes?c=gpu' },
    ]);
  });

  it('of a job know its Ray cluster and its id in Ray from its object', () => {
    const object = {
      metadata: { name: 'hello' },
      status: { rayClusterName: 'hello-x', jobId: 'hello-abc' },
    };
    expect(dashboardsOfJob(entry, job, object).map(({ url }) => url)).toEqual([
      'https://g.example.com/nodes?c=gpu',
      'https://ray.example.com/hello-x/#/jobs/hello-abc',
    ]);
    expect(dashboardsOfJob(entry, job, undefined)).toHaveLength(1);
    expect(dashboardsOfJob(undefined, job, object)).toEqual([]);
  });
});
