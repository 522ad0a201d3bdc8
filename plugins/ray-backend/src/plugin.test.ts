import type { AddressInfo } from 'node:net';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type {
  JobDetail,
  JobList,
} from '@ml-platform/backstage-plugin-ray-common';
import { type JobSummary, RAYJOBS } from '@ml-platform/rayjob';
import { rayJobsServiceRef } from '@ml-platform/backstage-plugin-ray-node';
import { PODS, sleep } from '@ml-platform/kube';
import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import { kubernetesConfig } from './__testUtils__/kubernetesConfig';
import { testDatabase } from './__testUtils__/testDatabase';
import rayPlugin from './index';

function rayJob(name: string, status: object = {}) {
  return {
    apiVersion: 'ray.io/v1',
    kind: 'RayJob',
    metadata: {
      name,
      namespace: 'training',
      creationTimestamp: '2026-11-23T21:06:21Z',
      labels: { 'app.kubernetes.io/name': 'hello-ray' },
    },
    spec: { entrypoint: 'python hello.py', shutdownAfterJobFinishes: true },
    status,
  };
}

function submitter(name: string, state: object, phase: string) {
  return {
    metadata: {
      name: `${name}-x`,
      namespace: 'training',
      labels: {
        'app.kubernetes.io/created-by': 'kuberay-operator',
        'ray.io/originated-from-cr-name': name,
      },
    },
    spec: { containers: [{ name: 'ray-job-submitter' }] },
    status: {
      phase,
      containerStatuses: [
        { name: 'ray-job-submitter', restartCount: 0, state },
      ],
    },
  };
}

let ownView: () => Promise<JobList>;

/** Another plugin that reads the index through its service. */
const readerPlugin = createBackendPlugin({
  pluginId: 'reader',
  register(env) {
    env.registerInit({
      deps: { auth: coreServices.auth, jobs: rayJobsServiceRef },
      async init({ auth, jobs }) {
        ownView = async () =>
          jobs.list(
            { state: ['pending'] },
            { credentials: await auth.getOwnServiceCredentials() },
          );
      },
    });
  },
});

interface Stream {
  readonly text: () => string;
  /** Waits for a text to come. */
  until(part: string): Promise<void>;
  readonly ended: () => boolean;
  close(): void;
}

describe('the Ray backend', () => {
  let api: FakeKubeApi;
  let backend: TestBackend;
  let base: string;
  const streams: Stream[] = [];

  async function start(more: readonly [string, FakeKubeApi][] = []) {
    api.put(RAYJOBS, rayJob('first', { jobDeploymentStatus: 'Initializing' }));
    backend = await startTestBackend({
      features: [
        rayPlugin,
        testDatabase,
        readerPlugin,
        mockServices.rootConfig.factory({
          data: {
            kubernetes: kubernetesConfig([
              { name: 'workload-cluster', url: api.url },
              ...more.map(([name, { url }]) => ({ name, url })),
            ]),
          },
        }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    base = `http://127.0.0.1:${port}/api/ray`;
  }

  beforeEach(async () => {
    api = await FakeKubeApi.start();
  });

  afterEach(async () => {
    streams.splice(0).forEach(stream => stream.close());
    await backend.stop();
    await api.close();
  });

  const headers = { authorization: mockCredentials.user.header() };

  async function get<T>(path: string): Promise<T> {
    const response = await fetch(`${base}${path}`, { headers });
    return response.json() as Promise<T>;
  }

  async function open(
    path: string,
    accept: string,
    more: Record<string, string> = {},
  ): Promise<Stream> {
    const abort = new AbortController();
    const response = await fetch(`${base}${path}`, {
      headers: { ...headers, accept, 'accept-encoding': 'gzip', ...more },
      signal: abort.signal,
    });
    let text = '';
    let ended = false;
    const read = async () => {
      const decoder = new TextDecoder();
      const reader = response.body?.getReader();
      for (;;) {
        const next = await reader?.read();
        if (!next || next.done) {
          ended = true;
          return;
        }
        text += decoder.decode(next.value, { stream: true });
      }
    };
    read().catch(() => {
      ended = true;
    });
    const stream: Stream = {
      text: () => text,
      ended: () => ended,
      close: () => abort.abort(),
      async until(part) {
        const deadline = Date.now() + 4_000;
        while (!text.includes(part)) {
          if (Date.now() > deadline) {
            throw new Error(`'${part}' did not come; so far: ${text}`);
          }
          await sleep(10);
        }
      },
    };
    streams.push(stream);
    return stream;
  }

  it('lists jobs and says which cluster could not be asked', async () => {
    const broken = await FakeKubeApi.start();
    broken.fault = { type: 'hang' };
    await start([['broken', broken]]);
    const list = await get<JobList>('/jobs');
    expect(list.items.map(({ name, state }) => [name, state])).toEqual([
      ['first', 'pending'],
    ]);
    expect(list.total).toBe(1);
    const statuses = new Map(list.clusters.map(c => [c.name, c]));
    expect(statuses.get('workload-cluster')?.ok).toBe(true);
    const clusters =
      await get<{ name: string; reachable: boolean }[]>('/clusters');
    expect(clusters).toEqual([
      expect.objectContaining({
        name: 'workload-cluster',
        reachable: true,
        jobs: 1,
        version: 'v1.34.0',
      }),
      expect.objectContaining({ name: 'broken', reachable: false, jobs: 0 }),
    ]);
    await broken.close();
  }, 20_000);

  it('lets other plugins read the index', async () => {
    await start();
    const { items } = await ownView();
    expect(items.map(({ name }) => name)).toEqual(['first']);
  });

  it('pushes changes to viewers, and nothing for an unchanged job', async () => {
    await start();
    const stream = await open('/jobs/stream', 'text/event-stream');
    await stream.until('event: snapshot');
    api.put(RAYJOBS, rayJob('second', { jobDeploymentStatus: 'Running' }));
    await stream.until('"name":"second"');
    // Another version of the same content.
    api.put(RAYJOBS, rayJob('second', { jobDeploymentStatus: 'Running' }));
    api.collection(RAYJOBS).delete('training/first');
    await stream.until('"reason":"Deleted"');
    expect(stream.text().match(/event: upsert/g)).toHaveLength(2);
  });

  it('resumes the stream of jobs where the viewer left it', async () => {
    await start();
    const first = await open('/jobs/stream', 'text/event-stream');
    await first.until('event: snapshot');
    const id = /id: (\S+)/.exec(first.text())?.[1] ?? '';
    first.close();
    const changes = await open('/jobs/stream', 'text/event-stream');
    await changes.until('event: snapshot');
    api.put(RAYJOBS, rayJob('meanwhile'));
    await changes.until('"name":"meanwhile"');
    const second = await open('/jobs/stream', 'text/event-stream', {
      'last-event-id': id,
    });
    await second.until('"name":"meanwhile"');
    await second.until('event: clusters');
    expect(second.text()).not.toContain('event: snapshot');
  });

  it('asks the cluster once for all who look at a job, until it changes', async () => {
    await start();
    const path = '/jobs/workload-cluster/training/first';
    const look = () =>
      Promise.all(
        Array.from({ length: 10 }, () =>
          Promise.all([get<JobDetail>(path), get(`${path}/events`)]),
        ),
      );
    const asked = (part: string) =>
      api.requests.filter(line => line.includes(part)).length;
    const reads = () => asked('namespaces/training/rayjobs/first');
    await look();
    await look();
    expect(reads()).toBe(1);
    expect(asked('/events')).toBe(1);
    const ended = { jobDeploymentStatus: 'Complete', jobStatus: 'SUCCEEDED' };
    api.put(RAYJOBS, rayJob('first', ended));
    const stream = await open('/jobs/stream', 'text/event-stream');
    await stream.until('"state":"succeeded"');
    const [[detail]] = await look();
    expect(detail.attempts).toMatchObject([{ state: 'succeeded' }]);
    expect(reads()).toBe(2);
  });

  it('keeps the run reachable that had the name before', async () => {
    const running = { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' };
    await start();
    const path = '/jobs/workload-cluster/training/first';
    const before = await get<JobDetail>(path);
    const { uid } = before.summary;
    const stream = await open('/jobs/stream', 'text/event-stream');
    await stream.until('event: snapshot');
    api.collection(RAYJOBS).delete('training/first');
    const again = rayJob('first', running);
    api.put(RAYJOBS, { ...again, metadata: { ...again.metadata, uid: 'new' } });
    await stream.until('"uid":"new"');
    expect(stream.text()).toMatch(
      new RegExp(`event: remove\ndata: [^\n]*"uid":"${uid}"`),
    );
    const now = await get<JobDetail>(path);
    expect(now.summary).toMatchObject({ uid: 'new', state: 'running' });
    expect(now.earlierRuns).toMatchObject([{ uid, state: 'stopped' }]);
    const old = await get<JobDetail>(`${path}?uid=${uid}`);
    expect(old).toMatchObject({
      live: false,
      summary: { uid, state: 'stopped', reason: 'Deleted' },
      pods: [],
      earlierRuns: [],
    });
    expect(await get(`${path}?uid=new`)).toMatchObject({ live: true });
    expect(await get(`${path}/events?uid=${uid}`)).toEqual({ items: [] });
    const manifest = await fetch(`${base}${path}/manifest?uid=${uid}`, {
      headers,
    });
    expect(await manifest.text()).toContain(`uid: ${uid}`);
    const wrong = await fetch(`${base}${path}?uid=never`, { headers });
    expect(wrong.status).toBe(404);
    expect(await wrong.text()).toContain(
      'There is no job first with the UID never in training on workload-cluster',
    );
    const twice = await fetch(`${base}${path}?uid=a&uid=b`, { headers });
    expect(twice.status).toBe(400);
  });

  it('shows on the row what the pods say', async () => {
    await start();
    api.put(
      PODS,
      submitter(
        'first',
        { waiting: { reason: 'ImagePullBackOff', message: 'not found' } },
        'Pending',
      ),
    );
    const stream = await open('/jobs/stream', 'text/event-stream');
    await stream.until('ImagePullBackOff');
    const detail = await get<{ summary: JobSummary; pods: object[] }>(
      '/jobs/workload-cluster/training/first',
    );
    expect(detail.summary.reason).toBe('ImagePullBackOff');
    expect(detail.pods).toHaveLength(1);
  });

  it('follows a log over the submitter from before it starts to its end', async () => {
    await start();
    const path = '/jobs/workload-cluster/training/first/logs?follow=true';
    const text = await open(path, 'text/plain');
    const events = await open(path, 'text/event-stream');
    await events.until('event: waiting');
    api.put(
      RAYJOBS,
      rayJob('first', { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' }),
    );
    api.put(PODS, submitter('first', { running: {} }, 'Running'));
    const log = api.log('training', 'first-x', 'ray-job-submitter');
    log.append('2026-11-23T21:06:46.000000001Z', 'line 1');
    await text.until('line 1\n');
    log.append('2026-11-23T21:06:46.000000002Z', 'line 2');
    await text.until('line 2\n');
    await events.until('line 2');
    expect(log.followerCount).toBe(1);
    api.put(
      RAYJOBS,
      rayJob('first', {
        jobDeploymentStatus: 'Complete',
        jobStatus: 'SUCCEEDED',
      }),
    );
    api.put(
      PODS,
      submitter('first', { terminated: { exitCode: 0 } }, 'Succeeded'),
    );
    log.end();
    await events.until('event: end');
    expect(events.text()).toContain('"reason":"completed"');
    expect(text.text()).toBe('line 1\nline 2\n');
    await until(text.ended);
  });

  it('resumes a log from the cursor with no line lost or repeated', async () => {
    await start();
    api.put(
      RAYJOBS,
      rayJob('first', { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' }),
    );
    api.put(PODS, submitter('first', { running: {} }, 'Running'));
    const log = api.log('training', 'first-x', 'ray-job-submitter');
    log.append('2026-11-23T21:06:46.000000001Z', 'a');
    const path = '/jobs/workload-cluster/training/first/logs?follow=true';
    const first = await open(path, 'text/event-stream');
    await first.until('"text":"a"');
    const id = /id: (\S+)/.exec(first.text())?.[1] ?? '';
    first.close();
    const changes = await open('/jobs/stream', 'text/event-stream');
    await changes.until('event: snapshot');
    log.append('2026-11-23T21:06:46.000000001Z', 'b');
    const second = await open(path, 'text/event-stream', {
      'last-event-id': id,
    });
    await second.until('"text":"b"');
    expect(second.text()).not.toContain('"text":"a"');
  });

  it('refuses wrong input with the reason', async () => {
    await start();
    const answers = await Promise.all(
      [
        '/jobs?state=broken',
        '/jobs?sort=colour',
        '/jobs?limit=0',
        '/jobs?cursor=x',
        '/jobs?unknown=1',
        '/jobs/workload-cluster/training/first/logs?source=pod/other',
      ].map(async path => {
        const response = await fetch(`${base}${path}`, { headers });
        const body = await response.json();
        return [response.status, body.error.message];
      }),
    );
    expect(answers).toEqual([
      [400, expect.stringContaining('state')],
      [400, expect.stringContaining("Can't sort by 'colour'")],
      [400, expect.stringContaining('limit')],
      [400, expect.stringContaining('cursor')],
      [400, expect.stringContaining('unknown')],
      [400, expect.stringContaining('There is no log source')],
    ]);
  });

  it('does not read pods of other jobs', async () => {
    await start();
    api.put(PODS, submitter('other', { running: {} }, 'Running'));
    const response = await fetch(
      `${base}/jobs/workload-cluster/training/first/logs?source=pod/other-x/ray-job-submitter`,
      { headers },
    );
    expect(response.status).toBe(404);
  });

  it('finds a job that the watch has not told of yet, and lets it go with the watch', async () => {
    await start();
    const path = '/jobs/workload-cluster/training/quick';
    api.collection(RAYJOBS).hold();
    api.put(RAYJOBS, rayJob('quick'));
    expect(await get<JobDetail>(path)).toMatchObject({
      summary: { name: 'quick' },
      live: true,
    });
    api.collection(RAYJOBS).delete('training/quick');
    api.collection(RAYJOBS).release();
    const deadline = Date.now() + 4_000;
    let { live } = await get<JobDetail>(path);
    while (live && Date.now() < deadline) {
      ({ live } = await get<JobDetail>(path));
    }
    expect(live).toBe(false);
  });

  it('shows the job that was submitted, not an earlier one of that name', async () => {
    await start();
    const path = '/jobs/workload-cluster/training/again';
    api.put(RAYJOBS, rayJob('again', { jobDeploymentStatus: 'Running' }));
    const jobs = await open('/jobs/stream', 'text/event-stream');
    await jobs.until('"again"');
    api.collection(RAYJOBS).delete('training/again');
    await jobs.until('"Deleted"');
    api.collection(RAYJOBS).hold();
    const { metadata, spec } = rayJob('again');
    await fetch(`${base}/jobs`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        cluster: 'workload-cluster',
        job: {
          metadata: { name: 'again', namespace: metadata.namespace },
          spec,
        },
      }),
    });
    expect(await get<JobDetail>(path)).toMatchObject({
      summary: { state: 'pending' },
      live: true,
    });
  });

  it('submits once for one idempotency key, and stops and deletes', async () => {
    await start();
    const submit = () =>
      fetch(`${base}/jobs`, {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/json',
          'idempotency-key': 'k1',
        },
        body: JSON.stringify({
          cluster: 'workload-cluster',
          job: {
            metadata: { name: 'mine', namespace: 'training' },
            spec: { entrypoint: 'python x.py', shutdownAfterJobFinishes: true },
          },
        }),
      });
    expect((await submit()).status).toBe(201);
    expect((await submit()).status).toBe(201);
    const stream = await open('/jobs/stream', 'text/event-stream');
    await stream.until('"name":"mine"');
    const path = `${base}/jobs/workload-cluster/training/mine`;
    const stopped = await fetch(`${path}/stop`, { method: 'POST', headers });
    expect(stopped.status).toBe(202);
    // The platform suspends what Ray doesn't run yet, and says what that means.
    await stream.until('"state":"stopped"');
    expect(
      (
        await get<{ summary: JobSummary }>(
          '/jobs/workload-cluster/training/mine',
        )
      ).summary.owner,
    ).toBe('user:default/mock');
    const remove = () => fetch(path, { method: 'DELETE', headers });
    expect((await remove()).status).toBe(202);
    const detail = () => get<JobDetail>('/jobs/workload-cluster/training/mine');
    let gone = await detail();
    while (gone.live) {
      await sleep(10);
      gone = await detail();
    }
    expect(gone.summary).toMatchObject({ state: 'stopped', reason: 'Stopped' });
    const manifest = await fetch(`${path}/manifest`, { headers });
    expect(await manifest.text()).toContain('entrypoint: python x.py');
    // Deleting what is gone takes it out of the list.
    expect((await remove()).status).toBe(202);
    await stream.until('event: remove');
  });

  it('merges the logs of all containers by time, and resumes there', async () => {
    await start();
    const node = (name: string, type: string) => ({
      metadata: {
        name,
        namespace: 'training',
        labels: {
          'app.kubernetes.io/created-by': 'kuberay-operator',
          'ray.io/cluster': 'rc',
          'ray.io/node-type': type,
        },
      },
      spec: { containers: [{ name: 'ray' }] },
      status: {
        phase: 'Running',
        containerStatuses: [
          { name: 'ray', restartCount: 0, state: { running: {} } },
        ],
      },
    });
    const running = {
      jobDeploymentStatus: 'Running',
      jobStatus: 'RUNNING',
      rayClusterName: 'rc',
    };
    const head = node('head', 'head');
    const worker = node('worker', 'worker');
    api.put(PODS, submitter('first', { running: {} }, 'Running'));
    api.put(PODS, head);
    api.put(PODS, worker);
    api.put(RAYJOBS, rayJob('first', running));
    const write = (pod: string, second: number, text: string) =>
      api
        .log('training', pod, pod === 'first-x' ? 'ray-job-submitter' : 'ray')
        .append(`2026-11-23T21:06:0${second}.000000000Z`, text);
    write('first-x', 3, 'three');
    write('head', 1, 'one');
    write('worker', 2, 'two');
    const list = await open('/jobs/stream', 'text/event-stream');
    await list.until('"state":"running"');
    const path = '/jobs/workload-cluster/training/first/logs?source=all';
    const once = await open(path, 'text/plain');
    await once.until('three');
    expect(once.text()).toBe(
      '[head/ray] one\n[worker/ray] two\n[first-x/ray-job-submitter] three\n',
    );
    const live = await open(`${path}&follow=true`, 'text/event-stream');
    await live.until('three');
    const id = /id: (\S+)(?![\s\S]*id: )/.exec(live.text())?.[1] ?? '';
    live.close();
    write('worker', 4, 'four');
    const again = await open(`${path}&follow=true`, 'text/event-stream', {
      'last-event-id': id,
    });
    await again.until('four');
    expect(again.text()).not.toContain('three');
  }, 20_000);
});
