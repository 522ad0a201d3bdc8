import type { AddressInfo } from 'node:net';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  isResourcePermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  rayRoutes,
  type ClusterSummary,
  type JobList,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  createRayJobConditionalDecision,
  rayJobConditions,
} from '@ml-platform/backstage-plugin-ray-node';
import { PODS } from '@ml-platform/kube';
import { RAYCLUSTERS, RAYJOBS } from '@ml-platform/rayjob';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { kubernetesConfig } from '../__testUtils__/kubernetesConfig';
import { testDatabase } from '../__testUtils__/testDatabase';
import { testIntegrations, testWorkload } from '../__testUtils__/testWorkload';
import rayPlugin from '..';
import { requesterOf } from '../permissions/requesterOf';

/** A policy as a platform team would write it: people see and change their own. */
function decide(caller: string, permission: Permission): PolicyDecision {
  if (caller === 'user:default/admin' || caller === 'external:test-service') {
    return { result: AuthorizeResult.ALLOW };
  }
  if (caller === 'user:default/guest') {
    return { result: AuthorizeResult.DENY };
  }
  if (isResourcePermission(permission, 'ray-job')) {
    return createRayJobConditionalDecision(
      permission,
      rayJobConditions.isOwner({ owners: [caller] }),
    );
  }
  return {
    result:
      permission.name === 'ray.cluster.scale'
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
  };
}

const CALLERS = [
  'none',
  'guest',
  'other',
  'owner',
  'admin',
  'service',
] as const;

/** Status by caller, in the order of CALLERS. */
const EXPECTED: Readonly<Record<string, readonly number[]>> = {
  getOpenApi: [401, 200, 200, 200, 200, 200],
  listClusters: [401, 403, 200, 200, 200, 200],
  getCluster: [401, 403, 200, 200, 200, 200],
  streamCluster: [401, 403, 200, 200, 200, 200],
  listJobs: [401, 403, 200, 200, 200, 200],
  countJobs: [401, 403, 200, 200, 200, 200],
  getJobsRevision: [401, 403, 200, 200, 200, 200],
  getWorkloadStatistics: [401, 403, 200, 200, 200, 200],
  submitJob: [401, 403, 201, 201, 201, 201],
  // No repository is configured here: whoever may ask is told so.
  proposeJob: [401, 403, 400, 400, 400, 400],
  streamJobs: [401, 403, 200, 200, 200, 200],
  getJob: [401, 403, 404, 200, 200, 200],
  listJobPods: [401, 403, 404, 200, 200, 200],
  listJobEvents: [401, 403, 404, 200, 200, 200],
  getJobManifest: [401, 403, 404, 200, 200, 200],
  readJobLog: [401, 403, 404, 200, 200, 200],
  readJobLogLines: [401, 403, 404, 200, 200, 200],
  followJobLogLines: [401, 403, 404, 200, 200, 200],
  searchJobLog: [401, 403, 404, 200, 200, 200],
  stopJob: [401, 403, 404, 202, 202, 202],
  retryJob: [401, 403, 404, 202, 202, 202],
  deleteJob: [401, 403, 404, 202, 202, 202],
  listRayClusters: [401, 403, 200, 200, 200, 200],
  getWorkloadParameters: [401, 200, 200, 200, 200, 200],
  getJobOptions: [401, 403, 200, 200, 200, 200],
  previewJob: [401, 403, 200, 200, 200, 200],
  scaleRayCluster: [401, 403, 403, 403, 202, 202],
  // The job waits for no pull request here: whoever may see it is told so.
  streamJobReview: [401, 403, 404, 404, 404, 404],
  // The portal doesn't ask Argo CD here: whoever may see the job is told so.
  syncJob: [401, 403, 404, 404, 404, 404],
  streamJobSync: [401, 403, 404, 404, 404, 404],
  getStorage: [401, 403, 200, 200, 200, 200],
  streamStorage: [401, 403, 200, 200, 200, 200],
  // Nothing is asked for, and no builder is configured: whoever may ask is told so.
  startBuild: [401, 403, 400, 400, 400, 400],
  getBuild: [401, 403, 400, 400, 400, 400],
  readBuildLog: [401, 403, 400, 400, 400, 400],
  cancelBuild: [401, 403, 400, 400, 400, 400],
  listImageVersions: [401, 403, 404, 404, 404, 404],
};

const operations = Object.entries(rayRoutes).map(
  ([id, { method, path }]) => [id, method, path] as const,
);

describe('permissions', () => {
  let api: FakeKubeApi;
  let backend: TestBackend;
  let base: string;

  beforeAll(async () => {
    api = await FakeKubeApi.start();
    const decision = (
      { permission }: { permission: Permission },
      credentials: BackstageCredentials,
    ) => decide(requesterOf(credentials), permission);
    backend = await startTestBackend({
      features: [
        rayPlugin,
        testDatabase,
        ...testWorkload,
        mockServices.permissions.mock({
          authorizeConditional: async (requests, { credentials }) =>
            requests.map(request => decision(request, credentials)),
          authorize: async (requests, { credentials }) =>
            requests.map(request => {
              const { result } = decision(request, credentials);
              return {
                result:
                  result === AuthorizeResult.ALLOW
                    ? AuthorizeResult.ALLOW
                    : AuthorizeResult.DENY,
              };
            }),
        }).factory,
        mockServices.rootConfig.factory({
          data: {
            kubernetes: kubernetesConfig([{ name: 'c', url: api.url }]),
            ray: {
              workloadStorage: {
                projectId: 'my-project',
                managementCluster: 'c',
              },
            },
            integrations: testIntegrations,
          },
        }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    base = `http://127.0.0.1:${port}/api/ray`;
  }, 30_000);

  beforeEach(async () => {
    const owned = (name: string, owner: string) => ({
      metadata: {
        name,
        namespace: 'training',
        annotations: { 'ml-platform.dev/requester': owner },
      },
      spec: { shutdownAfterJobFinishes: true },
      status: { jobDeploymentStatus: 'Initializing' },
    });
    api.put(RAYJOBS, owned('j', 'user:default/ada'));
    api.put(RAYJOBS, owned('admins', 'user:default/admin'));
    const pod = {
      metadata: {
        name: 'p',
        namespace: 'training',
        labels: {
          'app.kubernetes.io/created-by': 'kuberay-operator',
          'ray.io/originated-from-cr-name': 'j',
        },
      },
      spec: { containers: [{ name: 'ray-job-submitter' }] },
      status: {
        containerStatuses: [
          { name: 'ray-job-submitter', state: { running: {} } },
        ],
      },
    };
    api.put(PODS, pod);
    const rayCluster = {
      metadata: { name: 'j', namespace: 'training' },
      spec: { workerGroupSpecs: [{ groupName: 'workers' }] },
    };
    api.put(RAYCLUSTERS, rayCluster);
  });

  afterAll(async () => {
    await backend.stop();
    await api.close();
  });

  function header(caller: (typeof CALLERS)[number]): Record<string, string> {
    switch (caller) {
      case 'none':
        return { authorization: mockCredentials.none.header() };
      case 'service':
        return {
          authorization: mockCredentials.service.header(),
        };
      default: {
        const name = {
          guest: 'guest',
          other: 'eve',
          owner: 'ada',
          admin: 'admin',
        };
        const ref = `user:default/${name[caller]}`;
        return { authorization: mockCredentials.user.header(ref) };
      }
    }
  }

  it('has an expectation for every route', () => {
    expect(operations.map(([id]) => id).sort()).toEqual(
      Object.keys(EXPECTED).sort(),
    );
  });

  const walk = operations.flatMap(([id, method, path]) =>
    CALLERS.map(
      (caller, i) => [id, caller, method, path, EXPECTED[id][i]] as const,
    ),
  );

  it.each(walk)('%s by %s', async (id, caller, method, path, expected) => {
    const newJob = {
      cluster: 'c',
      job: {
        metadata: { name: `by-${caller}`, namespace: 'training' },
        spec: {},
      },
    };
    const bodies: Record<string, object> = {
      submitJob: newJob,
      proposeJob: newJob,
      previewJob: {
        cluster: 'c',
        namespace: 'training',
        workload: 'hello-ray',
        version: '1.0.0',
      },
      scaleRayCluster: { group: 'workers', replicas: 2 },
    };
    const queries: Record<string, string> = {
      getWorkloadParameters: '?workload=hello-ray',
      getWorkloadStatistics: '?workload=hello-ray',
      searchJobLog: '?level=error',
    };
    const stop = new AbortController();
    const url = path
      .replace('{cluster}', 'c')
      .replace('{namespace}', 'training')
      .replace('{name}', path.startsWith('/clusters/') ? 'c' : 'j');
    const response = await fetch(`${base}${url}${queries[id] ?? ''}`, {
      method: method.toUpperCase(),
      headers: { ...header(caller), 'content-type': 'application/json' },
      body: bodies[id] && JSON.stringify(bodies[id]),
      signal: stop.signal,
    });
    expect(response.status).toBe(expected);
    stop.abort();
  });

  it('never tells of the jobs of others, not even their number', async () => {
    const get = async <T>(path: string, caller: (typeof CALLERS)[number]) => {
      const response = await fetch(`${base}${path}`, {
        headers: header(caller),
      });
      return response.json() as Promise<T>;
    };
    const own = await get<JobList>('/jobs', 'owner');
    expect(own.items.map(({ owner }) => owner)).toEqual(
      own.items.map(() => 'user:default/ada'),
    );
    expect(own.total).toBe(own.items.length);
    const all = await get<JobList>('/jobs', 'admin');
    expect(all.total).toBeGreaterThan(own.total);
    const [cluster] = await get<ClusterSummary[]>('/clusters', 'owner');
    expect(cluster.jobs).toBe(own.total);
  });

  it('takes the same steps for a job of others as for one that is not there', async () => {
    const steps = async (name: string) => {
      const before = api.requests.length;
      const path = `/jobs/c/training/${name}`;
      const response = await fetch(`${base}${path}`, {
        headers: header('other'),
      });
      const { error } = await response.json();
      const asked = api.requests
        .slice(before)
        .filter(request => request.includes(`/rayjobs/${name}`));
      return {
        message: error.message.replace(name, 'NAME'),
        asked: asked.map(request => request.replace(name, 'NAME')),
      };
    };
    const ofOthers = await steps('admins');
    expect(ofOthers.asked).toHaveLength(1);
    expect(ofOthers).toEqual(await steps('nobodys'));
  });
});
