import { FakeGitHub, testRepository } from '@ml-platform/gitops/testUtils';
import {
  createClusterAccess,
  KubeClient,
  resourcePath,
} from '@ml-platform/kube';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { jobState, RAYJOBS, readYaml, type RayJob } from '@ml-platform/rayjob';
import { JobChanges } from './JobChanges';

const REF = { cluster: 'c', namespace: 'training', name: 'hello-1' };
const PATH = 'gitops/clusters/c/jobs/training/hello-1.yaml';
const MANIFEST = `apiVersion: ray.io/v1
kind: RayJob
metadata: { name: hello-1, namespace: training }
`;
const TRACKING = 'argocd.argoproj.io/tracking-id';
const GITOPS = 'ml-platform.dev/gitops-path';
const OWN_ID = 'jobs:ray.io/RayJob:training/hello-1';
const ada = { requester: 'user:default/ada' };

describe('changing jobs', () => {
  let api: FakeKubeApi;
  let github: FakeGitHub;
  let client: KubeClient;

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    github = await FakeGitHub.start({ [PATH]: MANIFEST, 'a/b.yaml': 'x: y\n' });
    client = new KubeClient({
      access: createClusterAccess({
        name: 'c',
        url: api.url,
        auth: { type: 'token', token: 'secret' },
      }),
    });
  });

  afterEach(async () => {
    client.close();
    await api.close();
    await github.stop();
  });

  const changes = (options = {}) =>
    new JobChanges({
      client: () => client,
      repository: testRepository(github),
      clock: () => new Date('2026-01-02T03:04:05Z'),
      ...options,
    });

  const put = (
    annotations: Record<string, string> = {},
    labels: Record<string, string> = {},
  ) => {
    const metadata = {
      name: 'hello-1',
      namespace: 'training',
      uid: 'uid-1',
      annotations,
      labels,
    };
    const spec = {
      entrypoint: 'python hello.py',
      shutdownAfterJobFinishes: true,
    };
    const status = { jobDeploymentStatus: 'Initializing' };
    api.put(RAYJOBS, { metadata, ...{ spec, status } });
  };

  const live = async (name = 'hello-1') =>
    client.json<RayJob>({
      path: `/apis/ray.io/v1/namespaces/training/rayjobs/${name}`,
    });

  const inGit = { via: 'git', job: REF };
  const onCluster = { via: 'cluster', job: REF };

  describe.each(['stop', 'delete'] as const)('%s', verb => {
    it.each([
      ['Argo CD tracks', { [TRACKING]: OWN_ID }],
      ['names its own path', { [GITOPS]: PATH }],
    ])('goes through git for a job that %s', async (_, annotations) => {
      put(annotations);
      await expect(changes()[verb](REF, ada)).resolves.toEqual({
        ...inGit,
        pullRequestUrl: `${github.repoUrl}/pull/1`,
      });
      expect((await live()).spec?.suspend).toBeUndefined();
      const [pull] = github.repository.pulls;
      expect(pull.head).toBe(`ray-job/${verb}/c/training/hello-1`);
      expect([...(github.repository.files(pull.head)?.keys() ?? [])]).toEqual([
        'a/b.yaml',
      ]);
    });

    it('goes through git for a job that was seen there, or is there only', async () => {
      await expect(changes()[verb](REF, ada)).resolves.toMatchObject(inGit);
      put();
      await expect(
        changes()[verb](REF, { ...ada, seenInGit: true }),
      ).resolves.toMatchObject(inGit);
    });

    it.each([
      ['says nothing of git', {}],
      ['has a copied id', { [TRACKING]: 'shop:apps/Deployment:web/shop' }],
      ['has an id of another job', { [TRACKING]: `${OWN_ID}0` }],
      ['names any file of the repository', { [GITOPS]: 'a/b.yaml' }],
    ])('goes to the cluster for a job that %s', async (_, annotations) => {
      put(annotations);
      await expect(changes()[verb](REF, ada)).resolves.toEqual(onCluster);
      expect(github.repository.pulls).toEqual([]);
    });

    it('goes to the cluster for a job that only claims to be in git', async () => {
      github.repository.change('main', { [PATH]: undefined });
      put({ [GITOPS]: PATH });
      await expect(changes()[verb](REF, ada)).resolves.toEqual(onCluster);
    });

    it('removes only its own file, and shows that another was named', async () => {
      put({ [TRACKING]: OWN_ID, [GITOPS]: 'a/b.yaml' });
      await changes()[verb](REF, ada);
      const [pull] = github.repository.pulls;
      expect([...(github.repository.files(pull.head)?.keys() ?? [])]).toEqual([
        'a/b.yaml',
      ]);
      expect(pull.body).toContain('names a/b.yaml, which was ignored');
    });

    it('names the application that owns a job from another repository', async () => {
      github.repository.change('main', { [PATH]: undefined });
      put({ [TRACKING]: OWN_ID });
      await expect(changes()[verb](REF, ada)).rejects.toThrow(
        "belongs to Argo CD's application jobs",
      );
    });

    it('leaves a job of git alone where no repository is known', async () => {
      put({ [TRACKING]: OWN_ID });
      await expect(
        changes({ repository: undefined })[verb](REF, ada),
      ).rejects.toThrow('is managed by git, but no repository is configured');
    });

    it('asks to close the pull request of a job that is not merged', async () => {
      github.repository.change('main', { [PATH]: undefined });
      await testRepository(github).openRun({
        ref: REF,
        content: MANIFEST,
        title: 'Run',
        body: '',
      });
      await expect(changes()[verb](REF, ada)).rejects.toThrow(
        `isn't merged yet; close its pull request ${github.repoUrl}/pull/1`,
      );
    });

    it('says so when there is no such job', async () => {
      const ref = { ...REF, name: 'nobody' };
      await expect(changes()[verb](ref, ada)).rejects.toMatchObject({
        name: 'NotFoundError',
        message: 'There is no job nobody in training on c',
      });
    });

    it('asks nothing of git for a job that is not from there', async () => {
      put();
      await changes()[verb](REF, ada);
      expect(github.requests).toEqual([]);
    });
  });

  it('takes a job that it stops out of its Kueue queue, which would start it', async () => {
    const workloads = {
      group: 'kueue.x-k8s.io',
      version: 'v1beta1',
      kind: 'Workload',
      plural: 'workloads',
    };
    const workload = (name: string, uid: string) => {
      const labels = { 'kueue.x-k8s.io/job-uid': uid };
      const metadata = { name, namespace: 'training', labels };
      api.put(workloads, { metadata, ...{ spec: { active: true } } });
    };
    workload('of-hello-1', 'uid-1');
    workload('of-another', 'uid-2');
    github.repository.change('main', { [PATH]: undefined });
    put({}, { 'kueue.x-k8s.io/queue-name': 'gpus' });
    await changes().stop(REF, ada);
    const activeOf = async (name: string) =>
      client.json({ path: resourcePath(workloads, 'training', name) });
    expect(await activeOf('of-hello-1')).toMatchObject({
      spec: { active: false },
    });
    expect(await activeOf('of-another')).toMatchObject({
      spec: { active: true },
    });
    const job = await live();
    expect(job.spec?.suspend).toBe(true);
    expect(jobState({ ...job, status: {} }).state).toBe('stopped');
  });

  describe('running again', () => {
    const source = (annotations = {}) => ({
      metadata: { name: 'hello-1', namespace: 'training', annotations },
      spec: { entrypoint: 'python hello.py' },
    });
    const NAME = 'hello-1-20260102-030405';

    it('opens the pull request of a new run for a job from git', async () => {
      const result = await changes().retry(
        'c',
        source({ [TRACKING]: OWN_ID }),
        ada,
      );
      expect(result).toEqual({
        via: 'git',
        job: { ...REF, name: NAME },
        pullRequestUrl: `${github.repoUrl}/pull/1`,
      });
      const [pull] = github.repository.pulls;
      const path = `gitops/clusters/c/jobs/training/${NAME}.yaml`;
      const text = github.repository.files(pull.head)?.get(path) ?? '';
      expect(readYaml(text)).toMatchObject({
        kind: 'RayJob',
        metadata: {
          name: NAME,
          annotations: {
            'ml-platform.dev/requester': 'user:default/ada',
            'ml-platform.dev/another-run-of': 'hello-1',
            [GITOPS]: path,
          },
        },
      });
      expect(text).not.toContain('argocd');
    });

    it('gives people who ask in the same second runs of their own', async () => {
      const results = await Promise.all(
        ['ada', 'bob', 'ada'].map(name =>
          changes().retry('c', source({ [GITOPS]: PATH }), {
            requester: `user:default/${name}`,
          }),
        ),
      );
      const names = results.map(({ job }) => job.name);
      expect(new Set(names).size).toBe(2);
      // Who clicks twice asks for one run.
      expect(names[0]).toBe(names[2]);
      expect(github.repository.pulls).toHaveLength(2);
    });

    it('creates other jobs on the cluster, under the next name that is free', async () => {
      const first = await changes().retry('c', source(), ada);
      const second = await changes().retry('c', source(), ada);
      const third = await changes().retry('c', source(), {
        ...ada,
        isTaken: ({ name }) => name === 'hello-1-20260102-030407',
      });
      expect([first, second, third].map(({ job }) => job.name)).toEqual([
        NAME,
        'hello-1-20260102-030406',
        'hello-1-20260102-030408',
      ]);
      expect(github.requests).toEqual([]);
    });

    it.each([{}, { [GITOPS]: PATH }])(
      'creates nothing that is not admitted: %j',
      async annotations => {
        const admit = async () => {
          throw new Error('No hostPath');
        };
        await expect(
          changes().retry('c', source(annotations), { ...ada, admit }),
        ).rejects.toThrow('No hostPath');
        expect(github.repository.pulls).toEqual([]);
        await expect(live(NAME)).rejects.toThrow();
      },
    );
  });

  describe('proposing', () => {
    const propose = (spec = {}, options = {}) =>
      changes(options).propose('c', {
        metadata: { name: 'new-1', namespace: 'training' },
        spec,
      });

    it('opens one pull request, however often the same job is asked for', async () => {
      const first = await propose();
      expect(first).toEqual({
        via: 'git',
        job: { ...REF, name: 'new-1' },
        pullRequestUrl: `${github.repoUrl}/pull/1`,
      });
      await expect(propose()).resolves.toEqual(first);
      expect(github.repository.pulls).toHaveLength(1);
    });

    it('leaves a name alone that another job has', async () => {
      await propose();
      const taken = { name: 'ConflictError' };
      await expect(propose({ entrypoint: 'x' })).rejects.toMatchObject({
        ...taken,
        message: 'The name new-1 is taken; choose another',
      });
      put();
      const job = { metadata: { name: 'hello-1', namespace: 'training' } };
      await expect(changes().propose('c', job)).rejects.toMatchObject(taken);
      expect(github.repository.pulls).toHaveLength(1);
    });

    it('refuses what git would bring back, and where there is no git', async () => {
      await expect(
        propose({ deletionStrategy: { onSuccess: { policy: 'DeleteSelf' } } }),
      ).rejects.toThrow('git brings it back');
      await expect(propose({}, { repository: undefined })).rejects.toThrow(
        'No repository of jobs is configured',
      );
    });
  });

  it('answers the same idempotency key with the first job', async () => {
    const job = { metadata: { name: 'new-1', namespace: 'training' } };
    const submit = (idempotencyKey?: string) =>
      changes().submit({ cluster: 'c', job, idempotencyKey });
    const created = await submit('k');
    await expect(submit('k')).resolves.toEqual(created);
    await expect(submit('other')).rejects.toMatchObject({
      name: 'ConflictError',
    });
    await expect(submit()).rejects.toMatchObject({ name: 'ConflictError' });
  });
});
