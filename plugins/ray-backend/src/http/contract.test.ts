import type { AddressInfo } from 'node:net';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { rayRoutes } from '@ml-platform/backstage-plugin-ray-common';
import { EVENTS, PODS, sleep } from '@ml-platform/kube';
import { FakeGitHub } from '@ml-platform/gitops/testUtils';
import {
  bytesOf,
  FakeBuildService,
  FakeRegistry,
  tarOf,
} from '@ml-platform/images/testUtils';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { RAYCLUSTERS, RAYJOBS } from '@ml-platform/rayjob';
import {
  WORKLOAD_STORAGE_KIND,
  WORKLOAD_STORAGES,
} from '@ml-platform/workload-storage';
import { gitOpsConfig } from '../__testUtils__/gitOpsConfig';
import { kubernetesConfig } from '../__testUtils__/kubernetesConfig';
import { ContractChecker } from '../__testUtils__/ContractChecker';
import { testDatabase } from '../__testUtils__/testDatabase';
import { testIntegrations, testWorkload } from '../__testUtils__/testWorkload';
import { APPLICATIONS } from '../argocd/application';
import rayPlugin from '..';

const KUBERAY = { 'app.kubernetes.io/created-by': 'kuberay-operator' };
const STORAGES = { ...WORKLOAD_STORAGES, kind: WORKLOAD_STORAGE_KIND };
const TIME = '2026-11-23T21:06:21Z';

const resources = { requests: { cpu: '1', memory: '2Gi' } };
const template = {
  spec: { containers: [{ name: 'ray', image: 'example.com/ray', resources }] },
};
const rayClusterSpec = {
  headGroupSpec: { template },
  workerGroupSpecs: [
    {
      groupName: 'workers',
      replicas: 1,
      minReplicas: 0,
      maxReplicas: 4,
      template,
    },
  ],
};

/** With every field that a row, its page or its parts can have. */
const JOB = {
  metadata: {
    name: 'j',
    namespace: 'training',
    creationTimestamp: TIME,
    labels: {
      'app.kubernetes.io/name': 'hello-ray',
      'app.kubernetes.io/version': '1.0.0',
      'kueue.x-k8s.io/queue-name': 'default',
    },
    annotations: {
      'ml-platform.dev/requester': 'user:default/ada',
      'ml-platform.dev/gitops-path': 'gitops/clusters/c/jobs/training/j.yaml',
      'ml-platform.dev/task': 't1',
      'ml-platform.dev/source-commit': 'abc',
    },
  },
  spec: {
    entrypoint: 'python hello.py',
    shutdownAfterJobFinishes: true,
    rayClusterSpec,
  },
  status: {
    jobStatus: 'RUNNING',
    jobDeploymentStatus: 'Running',
    jobId: 'j-1',
    rayClusterName: 'rc',
    startTime: TIME,
    rayClusterStatus: {
      state: 'ready',
      desiredWorkerReplicas: 1,
      readyWorkerReplicas: 1,
      conditions: [
        {
          type: 'HeadPodReady',
          status: 'True',
          reason: 'Running',
          message: '',
          lastTransitionTime: TIME,
        },
      ],
    },
  },
};

const ENDED = {
  metadata: { name: 'ended', namespace: 'training' },
  status: { jobStatus: 'SUCCEEDED', jobDeploymentStatus: 'Complete' },
};

function pod(name: string, container: string, labels: object, state: object) {
  return {
    metadata: {
      name,
      namespace: 'training',
      creationTimestamp: TIME,
      labels: { ...KUBERAY, ...labels },
    },
    spec: { nodeName: 'node', containers: [{ name: container, image: 'i' }] },
    status: {
      phase: 'Running',
      containerStatuses: [
        { name: container, restartCount: 1, ready: true, state },
      ],
    },
  };
}

describe('what the API answers', () => {
  let api: FakeKubeApi;
  let github: FakeGitHub;
  let service: FakeBuildService;
  let registry: FakeRegistry;
  let backend: TestBackend;
  let base: string;
  let checker: ContractChecker;
  const headers = {
    authorization: mockCredentials.user.header(),
    'content-type': 'application/json',
  };

  beforeAll(async () => {
    api = await FakeKubeApi.start();
    github = await FakeGitHub.start();
    service = await FakeBuildService.start();
    registry = await FakeRegistry.start();
    registry.put('hello-ray', '1.0.0', {
      created: TIME,
      labels: {
        'org.opencontainers.image.revision': 'abc',
        'dev.ml-platform.content-digest': 'sha256:c',
      },
    });
    const { ray, integrations } = gitOpsConfig(github);
    api.put(RAYJOBS, JOB);
    api.put(RAYJOBS, ENDED);
    api.put(RAYJOBS, {
      ...JOB,
      metadata: { name: 'plain', namespace: 'training' },
    });
    const submitter = { 'ray.io/originated-from-cr-name': 'j' };
    const ended = { terminated: { exitCode: 0, reason: 'Completed' } };
    api.put(PODS, pod('s', 'ray-job-submitter', submitter, ended));
    const worker = {
      'ray.io/cluster': 'rc',
      'ray.io/node-type': 'worker',
      'ray.io/group': 'workers',
    };
    api.put(
      PODS,
      pod('w', 'ray', worker, { waiting: { reason: 'ImagePullBackOff' } }),
    );
    const log = api.log('training', 's', 'ray-job-submitter');
    log.append('2026-11-23T21:06:21.000000000Z', 'hello');
    log.end();
    api.put(EVENTS, {
      metadata: { name: 'e', namespace: 'training', creationTimestamp: TIME },
      type: 'Warning',
      reason: 'Failed',
      message: 'no',
      involvedObject: { kind: 'Pod', name: 'w' },
    } as Parameters<FakeKubeApi['put']>[1]);
    api.put(RAYCLUSTERS, {
      metadata: {
        name: 'free',
        namespace: 'training',
        creationTimestamp: TIME,
      },
      spec: { rayVersion: '2.52.0', ...rayClusterSpec },
      status: { state: 'ready', reason: 'x' },
    } as Parameters<FakeKubeApi['put']>[1]);
    api.put(APPLICATIONS, {
      metadata: { name: 'jobs-training', namespace: 'argocd' },
      spec: {
        source: {
          repoURL: github.repoUrl,
          path: 'gitops/clusters/c/jobs/training',
        },
      },
      status: {
        sync: { status: 'OutOfSync', revision: 'abc' },
        health: { status: 'Degraded' },
        resources: [
          {
            group: 'ray.io',
            kind: 'RayJob',
            namespace: 'training',
            name: 'j',
            status: 'OutOfSync',
          },
        ],
        operationState: {
          phase: 'Failed',
          finishedAt: TIME,
          syncResult: {
            resources: [
              {
                group: 'ray.io',
                kind: 'RayJob',
                namespace: 'training',
                name: 'other',
                status: 'SyncFailed',
                message: 'too large',
              },
            ],
          },
        },
      },
    } as Parameters<FakeKubeApi['put']>[1]);
    api.put(STORAGES, {
      metadata: { name: 'j', namespace: 'training' },
      spec: {
        storageClass: 'STANDARD',
        versioning: true,
        deleteAfterDays: 7,
        deletion: 'Keep',
      },
      status: {
        bucket: 'my-project-j',
        account: 'a@my-project.iam.gserviceaccount.com',
        conditions: [{ type: 'StorageReady', message: 'Waiting for it.' }],
      },
    } as Parameters<FakeKubeApi['put']>[1]);
    const dashboards = [{ title: 'All', url: 'https://example.com/' }];
    backend = await startTestBackend({
      features: [
        rayPlugin,
        testDatabase,
        ...testWorkload,
        mockServices.rootConfig.factory({
          data: {
            kubernetes: kubernetesConfig([{ name: 'c', url: api.url }]),
            integrations: {
              github: [...integrations.github, ...testIntegrations.github],
            },
            ray: {
              ...ray,
              argocd: {
                managementCluster: 'c',
                url: 'https://argocd.example.com/',
              },
              workloadStorage: {
                projectId: 'my-project',
                managementCluster: 'c',
              },
              clusters: [{ name: 'c', namespaces: ['training'], dashboards }],
              builder: {
                url: service.url,
                token: service.token,
                registry: registry.host,
              },
            },
          },
        }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    base = `http://127.0.0.1:${port}/api/ray`;
    const document = await fetch(`${base}/openapi.json`, { headers });
    checker = new ContractChecker(await document.json());
  }, 30_000);

  afterAll(async () => {
    await backend.stop();
    await api.close();
    await github.stop();
    await service.stop();
    await registry.stop();
  });

  /** Answers the body; of a stream that goes on, what came until the text did. */
  async function call(
    id: keyof typeof rayRoutes,
    options: {
      readonly status?: number;
      readonly name?: string;
      readonly query?: string;
      readonly body?: object;
      /** A body of another type. */
      readonly upload?: Buffer;
      readonly accept?: string;
      readonly until?: string;
      readonly onStart?: () => void;
    } = {},
  ): Promise<string> {
    const { method, path } = rayRoutes[id];
    const { status = 200, name = 'j', query = '', body, accept } = options;
    const { upload } = options;
    const url = path
      .replace('{cluster}', 'c')
      .replace('{namespace}', 'training')
      .replace('{name}', name)
      .replace('{id}', name);
    const leave = new AbortController();
    const answer = await fetch(`${base}${url}${query}`, {
      method: method.toUpperCase(),
      headers: {
        ...headers,
        ...(accept ? { accept } : {}),
        ...(upload ? { 'content-type': 'application/x-tar' } : {}),
      },
      body: upload ?? (body && JSON.stringify(body)),
      signal: leave.signal,
    });
    const reader = answer.body
      ?.pipeThrough(new TextDecoderStream())
      .getReader();
    let text = '';
    for (;;) {
      const next = await reader?.read();
      options.onStart?.();
      text += next?.value ?? '';
      if (
        !next ||
        next.done ||
        (options.until && text.includes(options.until))
      ) {
        break;
      }
    }
    await reader?.cancel();
    leave.abort();
    expect([id, answer.status, text]).toEqual([id, status, text]);
    checker.check(id, {
      status,
      type: answer.headers.get('content-type'),
      text,
    });
    return text;
  }

  const events = 'text/event-stream';
  const manifest = (name: string, more: object = {}) => ({
    cluster: 'c',
    job: {
      metadata: { name, namespace: 'training', ...more },
      spec: { rayClusterSpec },
    },
  });

  it('is what the document says, for every route', async () => {
    await call('getOpenApi');
    // The version is asked for beside the first list, and may come after it.
    while (!(await call('listClusters')).includes('v1.34.0')) {
      await sleep(10);
    }
    expect(JSON.parse(await call('getCluster', { name: 'c' }))).toMatchObject({
      nodes: { ok: false, refused: true },
      kueue: 'absent',
      rayClusters: [{ name: 'free', groups: [{ min: 0, max: 4 }] }],
    });
    await call('streamCluster', {
      name: 'c',
      accept: events,
      until: '\n\n',
    });
    expect(
      await call('listJobs', { query: '?state=running&limit=1' }),
    ).toContain('nextCursor');
    expect(
      JSON.parse(
        await call('countJobs', {
          query: '?state=failed&since=2026-11-23T21:06:21%2B00:00',
        }),
      ),
    ).toMatchObject({
      total: 0,
      state: { values: [{ value: 'running', count: 1 }], others: 0 },
      owner: { values: [] },
    });
    expect(JSON.parse(await call('getJobsRevision'))).toEqual({
      revision: expect.any(String),
      complete: true,
    });
    expect(
      JSON.parse(
        await call('getWorkloadStatistics', {
          query: '?workload=hello-ray&weeks=2',
        }),
      ),
    ).toMatchObject({ runs: 0, complete: true, weeks: [{}, {}] });
    await call('streamJobs', {
      accept: events,
      query: '?counts=true',
      until: 'event: counts',
    });
    expect(JSON.parse(await call('getJob'))).toMatchObject({
      pods: [{ name: 's' }, { name: 'w' }],
      conditions: [{ type: 'HeadPodReady' }],
      dashboards: [{ title: 'All' }],
      summary: {
        queue: { name: 'default' },
        gitops: { path: 'gitops/clusters/c/jobs/training/j.yaml' },
      },
    });
    expect(await call('listJobPods')).toContain('ImagePullBackOff');
    while (!(await call('listJobEvents')).includes('"Warning"')) {
      await sleep(10);
    }
    expect(await call('getJobManifest')).toContain(
      'entrypoint: python hello.py',
    );
    expect(await call('readJobLog')).toBe('hello\n');
    expect(await call('readJobLog', { accept: events })).toContain(
      'event: end',
    );
    expect(JSON.parse(await call('readJobLogLines'))).toMatchObject({
      lines: [{ number: 1, text: 'hello' }],
      last: 1,
    });
    await call('followJobLogLines', { accept: events, until: '"number":1' });
    const found = await call('searchJobLog', { query: '?q=HELL' });
    expect(found).toContain('"number":1');
    expect(found).toContain('"matches":1');
    expect(await call('listRayClusters')).toContain('"workers"');
    await call('scaleRayCluster', {
      name: 'free',
      status: 202,
      body: { group: 'workers', replicas: 2 },
    });
    await call('submitJob', { status: 201, body: manifest('new') });
    expect(
      await call('proposeJob', { status: 202, body: manifest('asked-for') }),
    ).toContain(`${github.repoUrl}/pull/1`);
    expect(
      await call('streamJobReview', {
        name: 'asked-for',
        accept: events,
        until: '"ready"',
      }),
    ).toContain('It can be merged.');
    expect(
      JSON.parse(await call('getJob', { name: 'asked-for' })),
    ).toMatchObject({ review: { pullRequest: { number: 1 }, checks: [] } });
    expect(
      await call('getWorkloadParameters', { query: '?workload=hello-ray' }),
    ).toContain('component:default/hello-ray');
    expect(await call('getJobOptions')).toContain('"training"');
    const order = { cluster: 'c', namespace: 'training', version: '1.0.0' };
    expect(
      await call('previewJob', { body: { ...order, workload: 'hello-ray' } }),
    ).toContain('no prices configured');
    await call('retryJob', { name: 'plain', status: 202 });
    await call('stopJob', { name: 'plain', status: 202 });
    await call('deleteJob', { name: 'plain', status: 202 });
    while (!(await call('getStorage')).includes('Waiting for it.')) {
      await sleep(10);
    }
    expect(
      await call('streamJobSync', { accept: events, until: '"blocked"' }),
    ).toContain('https://argocd.example.com/applications/argocd/jobs-training');
    expect(JSON.parse(await call('getJob'))).toMatchObject({
      sync: {
        state: 'blocked',
        blockedBy: [{ name: 'other', message: 'too large' }],
      },
    });
    expect(await call('syncJob', { status: 202 })).toContain('"running":true');
    await call('streamStorage', { accept: events, until: '\n\n' });
    const upload = await bytesOf(tarOf({ Dockerfile: 'FROM ray' }));
    const query = '?image=hello-ray&version=2.0.0';
    const build = await call('startBuild', { query, upload, status: 202 });
    const { id } = JSON.parse(build);
    await call('cancelBuild', { name: id });
    expect(JSON.parse(await call('getBuild', { name: id }))).toMatchObject({
      error: 'The build was cancelled',
    });
    expect(
      await call('readBuildLog', { name: id, query: '?follow=true' }),
    ).toContain('last line');
    expect(
      JSON.parse(await call('listImageVersions', { name: 'hello-ray' })),
    ).toMatchObject({
      items: [{ version: '1.0.0', revision: 'abc', createdAt: TIME }],
      next: '1.0.1',
    });
    expect([...checker.seen.keys()].sort()).toEqual(
      Object.keys(rayRoutes).sort(),
    );
  }, 20_000);

  it('is what the document says, when it is an error', async () => {
    expect(
      await call('listJobs', { status: 400, query: `?q=${'x'.repeat(201)}` }),
    ).toContain('"q: Search for at most 200 characters"');
    await call('listJobs', { status: 400, query: '?state=sleeping' });
    await call('streamJobs', { status: 400, query: '?limit=many' });
    expect(
      await call('countJobs', { status: 400, query: '?since=yesterday' }),
    ).toContain('since: Write a date and a time, for example 2026-11-23T21');
    await call('getJob', { name: 'none', status: 404 });
    await call('getStorage', { status: 400, name: 'a_b' });
    await call('readJobLog', { status: 400, query: '?tail=-1' });
    for (const [query, message] of [
      ['?from=0', 'from: '],
      ['?from=1&time=2026-11-23T21:06:21Z', 'Give from or time, not both'],
      ['?time=yesterday', 'time: Give a date and a time'],
    ]) {
      expect(await call('readJobLogLines', { status: 400, query })).toContain(
        message,
      );
    }
    for (const [query, message] of [
      ['', 'Give q, level or both'],
      ['?q=(&regex=true', "q isn't a regular expression"],
      [`?q=${'x'.repeat(501)}`, 'Search for at most 500 characters'],
    ]) {
      expect(await call('searchJobLog', { status: 400, query })).toContain(
        message,
      );
    }
    await call('submitJob', { status: 400, body: { cluster: 'c' } });
    await call('submitJob', { status: 409, body: manifest('j') });
    expect(
      await call('submitJob', {
        status: 413,
        body: manifest('big', { pad: 'x'.repeat(1_100_000) }),
      }),
    ).toContain('larger than 1048576 bytes');
    await call('proposeJob', { status: 409, body: manifest('j') });
    await call('stopJob', { name: 'ended', status: 409 });
    await call('scaleRayCluster', {
      name: 'free',
      status: 400,
      body: { group: 'workers', replicas: 9 },
    });
    await call('startBuild', { status: 400, query: '?image=A&version=a%20b' });
    await call('getBuild', { name: 'none', status: 404 });
    api.fault = { type: 'status', code: 503, message: 'down' };
    await call('getJobManifest', { name: 'ended', status: 503 });
    api.fault = undefined;
  });

  it('is described event by event, while a list changes', async () => {
    let changes: Promise<string> | undefined;
    await new Promise<void>(resolve => {
      changes = call('streamJobs', {
        accept: events,
        until: 'event: remove',
        onStart: resolve,
      });
    });
    const metadata = { name: 'moving', namespace: 'training' };
    api.put(RAYJOBS, { ...JOB, metadata });
    await call('deleteJob', { name: 'moving', status: 202 });
    const stopped = { query: '?q=moving&state=stopped' };
    while (JSON.parse(await call('listJobs', stopped)).total === 0) {
      await sleep(10);
    }
    await call('deleteJob', { name: 'moving', status: 202 });
    expect(await changes).toContain('event: upsert');
  }, 20_000);
});
