import type { AddressInfo } from 'node:net';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type {
  JobDetail,
  JobSync,
} from '@ml-platform/backstage-plugin-ray-common';
import { FakeGitHub } from '@ml-platform/gitops/testUtils';
import { sleep } from '@ml-platform/kube';
import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import { RAYJOBS } from '@ml-platform/rayjob';
import { gitOpsConfig } from '../__testUtils__/gitOpsConfig';
import { kubernetesConfig } from '../__testUtils__/kubernetesConfig';
import { testDatabase } from '../__testUtils__/testDatabase';
import { APPLICATIONS } from '../argocd/application';
import rayPlugin from '..';

const FOLDER = 'gitops/clusters/workload-cluster/jobs/training';

const manifest = (name: string) => `apiVersion: ray.io/v1
kind: RayJob
metadata: { name: ${name}, namespace: training }
spec: {}
`;
const resource = (name: string, status: string, more: object = {}) => ({
  group: 'ray.io',
  kind: 'RayJob',
  namespace: 'training',
  name,
  status,
  ...more,
});

describe('the sync of jobs', () => {
  let management: FakeKubeApi;
  let workload: FakeKubeApi;
  let github: FakeGitHub;
  let backend: TestBackend;
  let base: string;

  beforeEach(async () => {
    management = await FakeKubeApi.start();
    workload = await FakeKubeApi.start();
    github = await FakeGitHub.start({
      [`${FOLDER}/a.yaml`]: manifest('a'),
      [`${FOLDER}/b.yaml`]: manifest('b'),
    });
  });

  afterEach(async () => {
    await backend.stop();
    await Promise.all([management.close(), workload.close(), github.stop()]);
  });

  async function start(argocd?: object) {
    const { ray, integrations } = gitOpsConfig(github);
    backend = await startTestBackend({
      features: [
        rayPlugin,
        testDatabase,
        mockServices.rootConfig.factory({
          data: {
            kubernetes: kubernetesConfig([
              { name: 'management-cluster', url: management.url },
              { name: 'workload-cluster', url: workload.url },
            ]),
            integrations,
            ray: {
              ...ray,
              ...(argocd ? { argocd } : {}),
              clusters: [{ name: 'workload-cluster' }],
            },
          },
        }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    base = `http://127.0.0.1:${port}/api/ray/jobs/workload-cluster/training`;
    await knows('a');
  }

  const get = (path: string, signal?: AbortSignal) =>
    fetch(`${base}/${path}`, {
      headers: { authorization: mockCredentials.user.header() },
      signal,
    });

  async function syncOf(name: string): Promise<JobSync | undefined> {
    const detail: JobDetail = await (await get(name)).json();
    return detail.sync;
  }

  /** Waits until the portal says this of a job's sync. */
  async function says(name: string, text: string) {
    while (!JSON.stringify((await syncOf(name)) ?? {}).includes(text)) {
      await sleep(10);
    }
  }

  async function knows(name: string) {
    while ((await get(name)).status !== 200) {
      await sleep(10);
    }
  }

  function putApplication(status: object, source: object = {}) {
    const application = {
      metadata: { name: 'jobs-training', namespace: 'argocd' },
      spec: {
        source: { repoURL: github.repoUrl, path: FOLDER, ...source },
        syncPolicy: { automated: {} },
      },
      status,
    };
    management.put(APPLICATIONS, application);
  }

  it('is on the page of a merged job, and pushed to viewers with one watch', async () => {
    await start({});
    await says('a', 'no-application');
    const leave = new AbortController();
    const texts = ['', ''];
    const reading = [0, 1].map(async viewer => {
      const { body } = await get('a/sync/stream', leave.signal);
      for await (const chunk of body ?? []) {
        texts[viewer] += Buffer.from(chunk).toString();
      }
    });
    const bothSaw = (text: string) =>
      until(() => texts.every(seen => seen.includes(text)));
    await bothSaw('"no-application"');
    putApplication({});
    await bothSaw('"not-seen"');
    putApplication({
      resources: [resource('a', 'OutOfSync'), resource('b', 'OutOfSync')],
      operationState: {
        phase: 'Failed',
        finishedAt: '2026-11-29T10:00:00Z',
        syncResult: {
          resources: [resource('b', 'SyncFailed', { message: 'too large' })],
        },
      },
    });
    await bothSaw(`"path":"${FOLDER}/b.yaml"`);
    putApplication({ resources: [resource('a', 'Synced')] });
    await bothSaw('"synced"');
    leave.abort();
    await Promise.allSettled(reading);
    await expect(syncOf('a')).resolves.toMatchObject({ state: 'synced' });
    const asked = management.requests.filter(line =>
      line.includes('/namespaces/argocd/applications'),
    );
    expect(asked).toHaveLength(1);
  });

  it('is none for a job that Argo CD does not bring', async () => {
    workload.put(RAYJOBS, { metadata: { name: 'own', namespace: 'training' } });
    await start({});
    await knows('own');
    expect(await syncOf('own')).toBeUndefined();
    const answer = await get('own/sync/stream');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('main branch');
  });

  it('follows no Application of another repository', async () => {
    putApplication({}, { repoURL: 'https://example.com/other/jobs' });
    await start({});
    await says('a', 'no-application');
    // As they name it where git is reached in another way than by the portal.
    await backend.stop();
    await start({ repoUrl: 'git@example.com:other/jobs.git' });
    await says('a', 'not-seen');
    expect(await syncOf('b')).toMatchObject({ state: 'not-seen' });
  });

  it("says why Argo CD's resources can't be read", async () => {
    management.fault = { type: 'status', code: 403, message: 'not yours' };
    await start({});
    await says('a', 'not yours');
    expect(await syncOf('a')).toMatchObject({ state: 'unknown' });
  });

  it('is not asked for where the portal knows no Argo CD', async () => {
    await start();
    expect(await syncOf('a')).toBeUndefined();
    const answer = await get('a/sync/stream');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('set ray.argocd');
    expect(management.requests.join()).not.toContain('applications');
  });
});
