import type { AddressInfo } from 'node:net';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { FakeGitHub, type FakePull } from '@ml-platform/gitops/testUtils';
import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import { RAYJOBS } from '@ml-platform/rayjob';
import { gitOpsConfig } from '../__testUtils__/gitOpsConfig';
import { kubernetesConfig } from '../__testUtils__/kubernetesConfig';
import { testDatabase } from '../__testUtils__/testDatabase';
import rayPlugin from '..';

const PATH = 'gitops/clusters/workload-cluster/jobs/training/a.yaml';
const MANIFEST = `apiVersion: ray.io/v1
kind: RayJob
metadata: { name: a, namespace: training }
spec: {}
`;

describe("the review of a job's pull request", () => {
  let workload: FakeKubeApi;
  let github: FakeGitHub;
  let pull: FakePull;
  let backend: TestBackend;
  let base: string;

  beforeEach(async () => {
    workload = await FakeKubeApi.start();
    github = await FakeGitHub.start();
    github.repository.change('run', { [PATH]: MANIFEST });
    pull = github.repository.open('run', { mergeableState: 'blocked' });
    pull.reviewers.push('ada');
    const { ray, integrations } = gitOpsConfig(github);
    backend = await startTestBackend({
      features: [
        rayPlugin,
        testDatabase,
        mockServices.rootConfig.factory({
          data: {
            kubernetes: kubernetesConfig([
              { name: 'workload-cluster', url: workload.url },
            ]),
            integrations,
            ray: {
              ...ray,
              gitops: { ...ray.gitops, pollSeconds: 5 },
              clusters: [{ name: 'workload-cluster' }],
            },
          },
        }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    base = `http://127.0.0.1:${port}/api/ray/jobs/workload-cluster/training`;
  });

  afterEach(async () => {
    await backend.stop();
    await Promise.all([workload.close(), github.stop()]);
  });

  const get = (path: string) =>
    fetch(`${base}/${path}`, {
      headers: { authorization: mockCredentials.user.header() },
    });

  it('is on its page, and pushed until the pull request is merged', async () => {
    const detail = await (await get('a')).json();
    expect(detail).toMatchObject({
      summary: { state: 'awaiting-merge' },
      review: { state: 'waiting', askedFor: ['ada'] },
    });
    let text = '';
    let over = false;
    const { body } = await get('a/review/stream');
    const reading = (async () => {
      for await (const chunk of body ?? []) {
        text += Buffer.from(chunk).toString();
      }
      over = true;
    })();
    await until(() => text.includes('It waits for a review by ada.'));
    pull.reviewers.pop();
    pull.reviews.push({ login: 'ada', state: 'APPROVED' });
    pull.mergeableState = 'clean';
    await until(() => text.includes('"approvedBy":["ada"]'), 10_000);
    github.repository.merge(pull);
    await until(() => over, 10_000);
    await reading;
    const answer = await get('a/review/stream');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("doesn't wait for a pull request");
    expect((await (await get('a')).json()).review).toBeUndefined();
  });

  it('is none for a job that no pull request is about', async () => {
    workload.put(RAYJOBS, { metadata: { name: 'own', namespace: 'training' } });
    const detail = await (await get('own')).json();
    expect(detail.summary.name).toBe('own');
    expect(detail.review).toBeUndefined();
    expect((await get('own/review/stream')).status).toBe(404);
  });
});
