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
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { RAYCLUSTERS, RAYJOBS } from '@ml-platform/rayjob';
import { gitOpsConfig } from '../__testUtils__/gitOpsConfig';
import { kubernetesConfig } from '../__testUtils__/kubernetesConfig';
import { ContractChecker } from '../__testUtils__/ContractChecker';
import { testDatabase } from '../__testUtils__/testDatabase';
import rayPlugin from '..';

const KUBERAY = { 'app.kubernetes.io/created-by': 'kuberay-operator' };
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
    const dashboards = [{ title: 'All', url: 'https://example.com/' }];
    backend = await startTestBackend({
      features: [
        rayPlugin,
        testDatabase,
        mockServices.rootConfig.factory({
          data: {
            kubernetes: kubernetesConfig([{ name: 'c', url: api.url }]),
            integrations,
            ray: {
              ...ray,
              clusters: [{ name: 'c', namespaces: ['training'], dashboards }],
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
  });

  /** Answers the body; of a stream that goes on, what came until the text did. */
  async function call(
    id: keyof typeof rayRoutes,
    options: {
      readonly status?: number;
      readonly name?: string;
      readonly query?: string;
      readonly body?: object;
      readonly accept?: string;
      readonly until?: string;
      readonly onStart?: () => void;
    } = {},
  ): Promise<string> {
    const { method, path } = rayRoutes[id];
    const { status = 200, name = 'j', query = '', body, accept } = options;
    const url = path
      .replace('{cluster}', 'c')
      .replace('{namespace}', 'training')
      .replace('{name}', name);
    const leave = new AbortController();
    const answer = await fetch(`${base}${url}${query}`, {
      method: method.toUpperCase(),
      headers: { ...headers, ...(accept ? { accept } : {}) },
      body: body && JSON.stringify(body),
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
    expect(
      await call('listJobs', { query: '?state=running&limit=1' }),
    ).toContain('nextCursor');
    await call('streamJobs', { accept: events, until: '\n\n' });
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
    expect(await call('listJobEvents')).toContain('"Warning"');
    expect(await call('getJobManifest')).toContain(
      'entrypoint: python hello.py',
    );
    expect(await call('readJobLog')).toBe('hello\n');
    expect(await call('readJobLog', { accept: events })).toContain(
      'event: end',
    );
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
    await call('retryJob', { name: 'plain', status: 202 });
    await call('stopJob', { name: 'plain', status: 202 });
    await call('deleteJob', { name: 'plain', status: 202 });
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
    await call('getJob', { name: 'none', status: 404 });
    await call('readJobLog', { status: 400, query: '?tail=-1' });
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
    api.fault = { type: 'status', code: 503, message: 'down' };
    // Nobody has asked for this job yet, so that no answer is at hand.
    await call('listJobEvents', { name: 'ended', status: 503 });
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
