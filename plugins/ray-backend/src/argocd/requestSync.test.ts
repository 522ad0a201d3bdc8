import { createClusterAccess, KubeClient } from '@ml-platform/kube';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { APPLICATIONS, type Application } from './application';
import { requestSync } from './requestSync';

const PATH =
  '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/jobs-training';
const APPLICATION: Application = {
  metadata: { name: 'jobs-training', namespace: 'argocd' },
  spec: {
    source: { repoURL: 'https://github.com/acme/jobs', path: 'jobs' },
    syncPolicy: {
      automated: { prune: true },
      syncOptions: ['ServerSideApply=true'],
      retry: { limit: 3 },
    },
  },
};
const JOB = { cluster: 'w', namespace: 'training', name: 'a' };

describe('asking Argo CD for a sync', () => {
  let api: FakeKubeApi;
  let client: KubeClient;

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    const auth = { type: 'token', token: 't' } as const;
    const access = createClusterAccess({ name: 'm', url: api.url, auth });
    client = new KubeClient({ access });
  });

  afterEach(async () => {
    client.close();
    await api.close();
  });

  const ask = () =>
    requestSync({
      client,
      application: { namespace: 'argocd', name: 'jobs-training' },
      job: JOB,
      requester: 'user:default/ada',
    });
  const operation = async () =>
    (await client.json<Application>({ path: PATH })).operation;

  it('asks for that job alone, as the Application says of its own syncs', async () => {
    api.put(APPLICATIONS, APPLICATION);
    await ask();
    expect(await operation()).toEqual({
      initiatedBy: { username: 'user:default/ada' },
      info: [{ name: 'Reason', value: 'Asked for in the portal, for a' }],
      sync: {
        resources: [
          {
            group: 'ray.io',
            kind: 'RayJob',
            namespace: 'training',
            name: 'a',
          },
        ],
        prune: true,
        syncOptions: ['ServerSideApply=true'],
      },
    });
  });

  it('hears one of several who ask at once', async () => {
    api.put(APPLICATIONS, APPLICATION);
    const answers = await Promise.allSettled([ask(), ask(), ask()]);
    const problems = answers.flatMap(answer =>
      answer.status === 'rejected' ? [answer.reason.message] : [],
    );
    expect(problems).toEqual([
      expect.stringContaining('wait until that has ended'),
      expect.stringContaining('wait until that has ended'),
    ]);
  });

  it('says what a sync that runs is at', async () => {
    const message = 'Retrying attempt #2 at 10:00AM.';
    const status = { operationState: { phase: 'Running', message } };
    const syncing: Application = { ...APPLICATION, operation: {}, status };
    api.put(APPLICATIONS, syncing);
    await expect(ask()).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(message),
    });
  });

  it('asks again when somebody else changes the Application in between', async () => {
    api.put(APPLICATIONS, APPLICATION);
    let looks = 0;
    api.answer = path => {
      looks += path === PATH ? 1 : 0;
      // The second look is the change that follows the first.
      return looks === 2 && path === PATH
        ? { code: 409, body: { kind: 'Status', message: 'modified' } }
        : undefined;
    };
    await ask();
    expect(looks).toBe(4);
    expect(await operation()).toBeDefined();
  });

  it.each([
    [404, 'NotFoundError', 'is gone from Argo CD'],
    [403, 'ServiceUnavailableError', 'give it the rights'],
    [422, 'ServiceUnavailableError', 'give it the rights'],
    [503, 'ServiceUnavailableError', 'try again when its cluster answers'],
  ])('says what to do after an answer %s', async (code, name, text) => {
    api.answer = () => ({ code, body: { kind: 'Status', message: 'no' } });
    await expect(ask()).rejects.toMatchObject({
      name,
      message: expect.stringContaining(text),
    });
  });

  it('gives up on an Application that changes all the time', async () => {
    api.put(APPLICATIONS, APPLICATION);
    let looks = 0;
    api.answer = () => {
      looks += 1;
      return looks % 2 === 0
        ? { code: 409, body: { kind: 'Status', message: 'modified' } }
        : undefined;
    };
    await expect(ask()).rejects.toThrow('changes all the time');
  });
});
