import type { AddressInfo } from 'node:net';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type {
  ClusterSummary,
  JobList,
} from '@ml-platform/backstage-plugin-ray-common';
import { sleep } from '@ml-platform/kube';
import { RAYJOBS } from '@ml-platform/rayjob';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { testDatabase } from './__testUtils__/testDatabase';
import rayPlugin from './index';

const GOOD_JOBS = 300;
/**
 * Milliseconds, half of those after which a cluster that hangs is given up: no
 * answer waits for a cluster that does not.
 */
const QUICK = 5_000;

const job = (name: string) => ({
  metadata: { name, namespace: 'training', uid: name },
  spec: { entrypoint: 'python x.py' },
  status: { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' },
});

describe('a cluster in trouble', () => {
  let good: FakeKubeApi;
  let bad: FakeKubeApi;
  let backend: TestBackend;
  let base: string;

  beforeEach(async () => {
    good = await FakeKubeApi.start();
    bad = await FakeKubeApi.start();
    for (let i = 0; i < GOOD_JOBS; i += 1) {
      good.put(RAYJOBS, job(`good-${i}`));
    }
    bad.put(RAYJOBS, job('bad-1'));
  });

  afterEach(async () => {
    await backend.stop();
    await Promise.all([good.close(), bad.close()]);
  });

  async function start(more: object = {}, locators: object[] = []) {
    const cluster = (name: string, { url }: FakeKubeApi) => ({
      name,
      url,
      authProvider: 'serviceAccount',
      serviceAccountToken: 'secret-token',
    });
    const config = {
      kubernetes: {
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: [cluster('good', good), cluster('bad', bad)],
          },
          ...locators,
        ],
      },
      ...more,
    };
    backend = await startTestBackend({
      features: [
        rayPlugin,
        testDatabase,
        mockServices.rootConfig.factory({
          data: JSON.parse(JSON.stringify(config)),
        }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    base = `http://127.0.0.1:${port}/api/ray`;
  }

  async function get<T>(path: string): Promise<T> {
    const begun = Date.now();
    const response = await fetch(`${base}${path}`, {
      headers: { authorization: mockCredentials.user.header() },
    });
    const text = await response.text();
    expect(Date.now() - begun).toBeLessThan(QUICK);
    expect(text).not.toContain('secret-token');
    return JSON.parse(text) as T;
  }

  /**
   * What both answers say is wrong. The other cluster's list stays whole and
   * quick meanwhile.
   */
  async function errorsOfBad(): Promise<(string | undefined)[]> {
    const list = await get<JobList>('/jobs?cluster=good&limit=1000');
    expect(list.items).toHaveLength(GOOD_JOBS);
    const clusters = await get<ClusterSummary[]>('/clusters');
    expect(clusters.find(({ name }) => name === 'good')).toMatchObject({
      reachable: true,
      jobs: GOOD_JOBS,
    });
    const summary = clusters.find(({ name }) => name === 'bad');
    expect(summary?.reachable && summary.error).toBeFalsy();
    return [
      list.clusters.find(({ name }) => name === 'bad')?.error,
      summary?.error,
    ];
  }

  /** Reads until it is as wanted, or too late. */
  async function readUntil<T>(
    read: () => Promise<T>,
    wanted: (value: T) => boolean,
  ): Promise<T> {
    const deadline = Date.now() + 30_000;
    let value = await read();
    while (!wanted(value) && Date.now() < deadline) {
      await sleep(100);
      value = await read();
    }
    return value;
  }

  /** Both answers come to say so. */
  async function expectError(part: string): Promise<void> {
    const errors = await readUntil(errorsOfBad, values =>
      values.every(error => error?.includes(part)),
    );
    const expected = expect.stringContaining(part);
    expect(errors).toEqual([expected, expected]);
  }

  /** Its running jobs once it is back, with what happened on it since. */
  async function runningOnceBack(name: string): Promise<string[]> {
    const read = async () => {
      const errors = await errorsOfBad();
      const { items } = await get<JobList>('/jobs?cluster=bad&state=running');
      return { errors, names: items.map(item => item.name) };
    };
    const seen = await readUntil(
      read,
      ({ errors, names }) => !errors.some(Boolean) && names.includes(name),
    );
    expect(seen.errors).toEqual([undefined, undefined]);
    return seen.names;
  }

  it('is reported when it takes connections and never answers, and comes back', async () => {
    bad.fault = { type: 'hang' };
    await start();
    await expectError('did not answer within 10 s');
    bad.fault = undefined;
    bad.dropConnections();
    expect(await runningOnceBack('bad-1')).toContain('bad-1');
  }, 60_000);

  it('is reported when it begins to hang while it runs, with its jobs as last seen', async () => {
    await start();
    expect(await runningOnceBack('bad-1')).toContain('bad-1');
    bad.fault = { type: 'hang' };
    bad.dropConnections();
    await expectError('did not answer within 10 s');
    const { items } = await get<JobList>('/jobs?cluster=bad');
    expect(items.map(({ name, state }) => [name, state])).toEqual([
      ['bad-1', 'running'],
    ]);
    bad.fault = undefined;
    bad.put(RAYJOBS, job('bad-2'));
    expect(await runningOnceBack('bad-2')).toContain('bad-2');
  }, 60_000);

  it('is reported when it refuses connections, and comes back', async () => {
    await start();
    expect(await runningOnceBack('bad-1')).toContain('bad-1');
    const port = Number(new URL(bad.url).port);
    await bad.close();
    await expectError('refuses connections; is it running?');
    bad = await FakeKubeApi.start(port);
    // It has what it had, and goes on counting from there.
    bad.put(RAYJOBS, job('bad-1'));
    bad.put(RAYJOBS, job('bad-2'));
    expect(await runningOnceBack('bad-2')).toContain('bad-2');
  }, 60_000);

  it('is reported when its CRDs vanish while it runs, and comes back with them', async () => {
    await start();
    expect(await runningOnceBack('bad-1')).toContain('bad-1');
    bad.collection(RAYJOBS).delete('training/bad-1');
    bad.answer = path =>
      path.includes('/rayjobs')
        ? { code: 404, body: { message: 'not found here' } }
        : undefined;
    bad.dropConnections();
    await expectError(
      'does not serve /apis/ray.io/v1/rayjobs (not found here); install its CustomResourceDefinition',
    );
    bad.answer = () => undefined;
    bad.put(RAYJOBS, job('bad-2'));
    expect(await runningOnceBack('bad-2')).toContain('bad-2');
    const { items } = await get<JobList>('/jobs?cluster=bad&state=stopped');
    expect(items.map(({ name }) => name)).toEqual(['bad-1']);
  }, 60_000);

  it('is reported when its token is revoked while it runs, and comes back', async () => {
    await start();
    expect(await runningOnceBack('bad-1')).toContain('bad-1');
    bad.fault = { type: 'status', code: 401, message: 'Unauthorized' };
    bad.dropConnections();
    await expectError(
      'does not accept the credentials (Unauthorized); renew serviceAccountToken in the configuration',
    );
    bad.fault = undefined;
    bad.put(RAYJOBS, job('bad-2'));
    expect(await runningOnceBack('bad-2')).toContain('bad-2');
  }, 60_000);

  it('is reported when nothing is known of it but the name', async () => {
    await start({
      ray: { clusters: [{ name: 'good' }, { name: 'bad' }, { name: 'other' }] },
    });
    const { clusters } = await get<JobList>('/jobs');
    expect(clusters.find(({ name }) => name === 'other')?.error).toBe(
      'Cluster other is not in kubernetes.clusterLocatorMethods; add it there',
    );
    expect(await runningOnceBack('bad-1')).toContain('bad-1');
  }, 20_000);

  it('is reported when it can not be found, beside those that are listed', async () => {
    const container = await FakeKubeApi.start();
    const before = { ...process.env };
    process.env.GOOGLE_APPLICATION_CREDENTIALS = '/nonexistent/key.json';
    await start({ ray: { gke: { apiEndpoint: container.url } } }, [
      { type: 'gke', projectId: 'my-project' },
    ]);
    const { clusters } = await get<JobList>('/jobs');
    expect(clusters.find(({ name }) => name === 'gke:my-project')).toEqual({
      name: 'gke:my-project',
      ok: false,
      error: expect.stringContaining(
        "The Google credentials can't be used (ENOENT",
      ),
    });
    expect(await get<ClusterSummary[]>('/clusters')).toContainEqual(
      expect.objectContaining({
        name: 'gke:my-project',
        title: 'GKE clusters of my-project',
        reachable: false,
        jobs: 0,
      }),
    );
    expect(await runningOnceBack('bad-1')).toContain('bad-1');
    process.env = before;
    await container.close();
  }, 20_000);
});
