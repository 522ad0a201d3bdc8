import { mockServices } from '@backstage/backend-test-utils';
import type { JobSummary } from '@ml-platform/rayjob';
import { sleep } from '@ml-platform/kube';
import { until } from '@ml-platform/kube/testUtils';
import { FakeGitHub, testRepository } from '@ml-platform/gitops/testUtils';
import { JobIndex } from '../jobs/JobIndex';
import { GitOps } from './GitOps';
import { GitOpsWatcher } from './GitOpsWatcher';
import { listenToGit } from './listenToGit';

const FOLDER = 'gitops/clusters/workload-cluster/jobs/training';
const KEEP = { 'gitops/clusters/workload-cluster/jobs/README.md': 'Keep me\n' };

const manifest = (name: string, annotations = '') => `apiVersion: ray.io/v1
kind: RayJob
metadata:
  name: ${name}
  namespace: training
  labels: { app.kubernetes.io/name: hello-ray, app.kubernetes.io/version: 1.0.0 }
  annotations: { ml-platform.dev/requester: 'user:default/ada'${annotations} }
spec:
  entrypoint: python hello.py
`;

describe('jobs in git', () => {
  let github: FakeGitHub;
  let index: JobIndex;
  let watcher: GitOpsWatcher;
  let gitops: GitOps;
  let synced: boolean;

  beforeEach(async () => {
    github = await FakeGitHub.start(KEEP);
    // No look comes by itself within the time of a test.
    const repository = testRepository(github, { pollSeconds: 3_600 });
    index = new JobIndex();
    synced = true;
    watcher = new GitOpsWatcher({
      repository,
      index,
      logger: mockServices.logger.mock(),
      isSynced: () => synced,
      onStatus: () => {},
    });
    gitops = new GitOps({ repository, watcher });
  });

  afterEach(() => github.stop());

  const ref = (name: string) => ({
    cluster: 'workload-cluster',
    namespace: 'training',
    name,
  });
  const path = (name: string) => `${FOLDER}/${name}.yaml`;
  const url = (number: number) => `${github.repoUrl}/pull/${number}`;

  function propose(name: string, text = manifest(name)) {
    const head = `propose/${name}`;
    github.repository.change(head, { [path(name)]: text });
    const pull = github.repository.open(head);
    return {
      merge() {
        pull.state = 'closed';
        github.repository.change('main', { [path(name)]: text });
      },
    };
  }

  const row = (name: string): JobSummary | undefined => index.get(ref(name));

  /** The job of a manifest on main, as its cluster runs it. */
  async function running(name: string) {
    github.repository.change('main', { [path(name)]: manifest(name) });
    await watcher.refresh();
    const merged = row(name);
    if (!merged) {
      throw new Error('The job is there');
    }
    index.setLive({ ...merged, uid: 'live', state: 'running' });
  }

  it('looks at once when a job left its cluster that was in git', async () => {
    propose('hello-1').merge();
    const stop = new AbortController();
    const polling = watcher.run(stop.signal);
    await until(() => row('hello-1')?.state === 'awaiting-sync');
    const live = row('hello-1');
    if (live) {
      index.setLive({ ...live, uid: 'live', state: 'running' });
    }
    github.repository.change('main', { [path('hello-1')]: undefined });
    index.removeLive(ref('hello-1'));
    await until(() => row('hello-1') === undefined);
    expect(row('hello-1')).toBeUndefined();
    stop.abort();
    await polling;
  });

  it('knows within two seconds what a webhook of the repository tells', async () => {
    const { repository } = gitops;
    const events = mockServices.events.mock();
    await listenToGit({
      events,
      repository,
      onChange: () => watcher.lookAgain(),
      onReview: () => {},
    });
    const [{ topics, onEvent }] = events.subscribe.mock.calls[0];
    expect(topics).toEqual(
      expect.arrayContaining(['github.push', 'github.pull_request']),
    );
    const webhook = (fullName: unknown) =>
      onEvent({
        topic: 'github.push',
        eventPayload: { repository: { full_name: fullName } },
      });

    const stop = new AbortController();
    const polling = watcher.run(stop.signal);
    await watcher.refresh();
    propose('hello-1').merge();
    await webhook('someone/else');
    await webhook(7);
    await sleep(200, stop.signal);
    expect(row('hello-1')).toBeUndefined();
    const { owner, repo } = repository.config;
    await webhook(`${owner}/${repo}`.toUpperCase());
    await until(() => row('hello-1')?.state === 'awaiting-sync', 2_000);
    stop.abort();
    await polling;
  });

  it('shows a job from its pull request to its cluster', async () => {
    const pull = propose('hello-1');
    await watcher.refresh();
    expect(row('hello-1')).toMatchObject({
      uid: `git:${FOLDER}/hello-1.yaml`,
      state: 'awaiting-merge',
      message: 'Pull request #1 waits to be merged',
      workload: 'hello-ray',
      version: '1.0.0',
      owner: 'user:default/ada',
      createdAt: '2026-11-23T21:00:00Z',
      gitops: { pullRequestUrl: url(1) },
    });
    pull.merge();
    await watcher.refresh();
    expect(row('hello-1')).toMatchObject({
      state: 'awaiting-sync',
      gitops: { pullRequestUrl: url(1) },
    });
    const merged = row('hello-1');
    if (merged) {
      index.setLive({
        ...merged,
        uid: 'live',
        state: 'pending',
        gitops: undefined,
      });
    }
    await watcher.refresh();
    expect(row('hello-1')).toMatchObject({
      uid: 'live',
      state: 'pending',
      gitops: { pullRequestUrl: url(1) },
    });
  });

  it('forgets a pull request that is closed', async () => {
    propose('hello-1');
    await watcher.refresh();
    github.repository.pulls[0].state = 'closed';
    await watcher.refresh();
    expect(row('hello-1')).toBeUndefined();
  });

  it('asks for nothing again that did not change', async () => {
    propose('hello-1').merge();
    propose('hello-2');
    await watcher.refresh();
    github.requests.length = 0;
    await watcher.refresh();
    expect(github.requests).toEqual([
      'GET /repos/ml-platform/ml-platform/pulls',
      'GET /repos/ml-platform/ml-platform/git/ref/heads/main',
    ]);
  });

  it('shares one reading among callers at the same time', async () => {
    await Promise.all([
      watcher.refresh(),
      watcher.refresh(),
      watcher.refresh(),
    ]);
    expect(
      github.requests.filter(line => line.endsWith('/pulls')),
    ).toHaveLength(1);
  });

  it('keeps the rows and says so when GitHub fails, and comes back', async () => {
    propose('hello-1');
    await watcher.refresh();
    github.refusal = { status: 503, body: { message: 'Down' } };
    await watcher.refresh();
    expect(watcher.status).toMatchObject({ name: 'git', ok: false });
    expect(row('hello-1')?.state).toBe('awaiting-merge');
    github.refusal = undefined;
    await watcher.refresh();
    expect(watcher.status.ok).toBe(true);
  });

  it('does not call a job missing on a cluster that was not read', async () => {
    synced = false;
    propose('hello-1').merge();
    await watcher.refresh();
    expect(row('hello-1')).toMatchObject({
      state: 'unknown',
      message: "In git; couldn't ask workload-cluster whether it has the job",
    });
  });

  it.each([
    ['kind: Pod\nmetadata: { name: x }', 'This is not a RayJob'],
    ['a: [', "Couldn't read the YAML"],
  ])('shows a manifest that can not be read: %s', async (text, problem) => {
    propose('hello-1', text);
    await watcher.refresh();
    expect(row('hello-1')).toMatchObject({
      state: 'awaiting-merge',
      reason: 'InvalidManifest',
      message: expect.stringContaining(problem),
    });
  });

  it('reads the texts of a large repository in parts, and of running jobs none', async () => {
    const names = [...Array(450).keys()].map(i => `job-${i}`);
    github.repository.change(
      'main',
      Object.fromEntries(names.map(name => [path(name), manifest(name)])),
    );
    const texts = () =>
      github.requests.filter(line => line.includes('/git/blobs/')).length;
    const known = () =>
      names.filter(name => row(name)?.workload === 'hello-ray').length;
    await watcher.refresh();
    expect([texts(), known()]).toEqual([200, 200]);
    expect(names.every(name => row(name)?.state === 'awaiting-sync')).toBe(
      true,
    );
    await watcher.refresh();
    await watcher.refresh();
    await watcher.refresh();
    expect([texts(), known()]).toEqual([450, 450]);
  });

  it("leaves the rest of GitHub's rate limit to people, and says so", async () => {
    propose('hello-1').merge();
    github.extraHeaders = {
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '500',
      'x-ratelimit-reset': '99999999999',
    };
    await watcher.refresh();
    expect(watcher.status).toMatchObject({
      ok: false,
      error:
        "GitHub's rate limit is nearly used up, so the manifests of some jobs are read later (1 left)",
    });
    expect(row('hello-1')?.state).toBe('awaiting-sync');
  });

  it('links the one of two pull requests that brought the job', async () => {
    const first = propose('hello-1', `${manifest('hello-1')}# first\n`);
    github.repository.change('other', {
      [path('hello-1')]: `${manifest('hello-1')}# second\n`,
    });
    const second = github.repository.open('other');
    await watcher.refresh();
    second.state = 'closed';
    first.merge();
    await watcher.refresh();
    expect(row('hello-1')?.gitops?.pullRequestUrl).toBe(url(1));
    github.repository.change('main', {
      [path('hello-1')]: `${manifest('hello-1')}# second\n`,
    });
    await watcher.refresh();
    expect(row('hello-1')?.gitops?.pullRequestUrl).toBe(url(2));
  });

  it('shows where the manifest is, whatever a job says about it', async () => {
    await running('hello-1');
    const live = row('hello-1');
    if (live) {
      index.setLive({ ...live, gitops: { path: '.github/workflows/x.yaml' } });
    }
    expect(row('hello-1')?.gitops).toMatchObject({
      path: path('hello-1'),
      manifestUrl: `${github.repoUrl}/blob/main/${path('hello-1')}`,
    });
  });

  it('shows nothing of a pull request from a fork', async () => {
    github.repository.change('fork', {
      [path('hello-1')]: manifest('hello-1'),
    });
    github.repository.open('fork', { from: 'stranger/ml-platform' });
    await watcher.refresh();
    expect(row('hello-1')).toBeUndefined();
  });

  it('finds the pull request that brought a job by its place', async () => {
    const opened = await gitops.repository.openRun({
      ref: ref('hello-1'),
      content: manifest('hello-1'),
      title: 'Run',
      body: '',
    });
    github.repository.merge(github.repository.pulls[0]);
    await watcher.refresh();
    const job = row('hello-1');
    expect(job && (await gitops.complete(job))).toMatchObject({
      pullRequestUrl: opened.url,
    });
  });

  describe('when a pull request was merged', () => {
    const MERGED = '2026-01-01T00:00:00Z';
    const mergedAt = (name: string) => row(name)?.gitops?.mergedAt;
    const open = (name: string) =>
      gitops.repository.openRun({
        ref: ref(name),
        content: manifest(name),
        title: 'Run',
        body: '',
      });
    const merge = (number = 1) =>
      github.repository.merge(github.repository.pulls[number - 1]);

    it('is asked once, of one that was seen open', async () => {
      propose('hello-1');
      await watcher.refresh();
      expect(mergedAt('hello-1')).toBeUndefined();
      merge();
      github.requests.length = 0;
      await watcher.refresh();
      expect(mergedAt('hello-1')).toBe(MERGED);
      const asked = () =>
        github.requests.filter(line => line.endsWith('/pulls')).length;
      // Those that are open, and the one that was merged.
      expect(asked()).toBe(2);
      await watcher.refresh();
      expect(asked()).toBe(3);
      expect(mergedAt('hello-1')).toBe(MERGED);
    });

    it('is known of a run that came between two readings', async () => {
      await watcher.refresh();
      const { url: pullRequestUrl } = await open('hello-1');
      merge();
      await watcher.refresh();
      expect(row('hello-1')?.gitops).toMatchObject({
        pullRequestUrl,
        mergedAt: MERGED,
      });
    });

    it('is asked again of one that GitHub still calls open', async () => {
      propose('hello-1');
      await watcher.refresh();
      github.repository.change('main', {
        [path('hello-1')]: manifest('hello-1'),
      });
      await watcher.refresh();
      expect(mergedAt('hello-1')).toBeUndefined();
      Object.assign(github.repository.pulls[0], {
        state: 'closed',
        mergedAt: MERGED,
      });
      await watcher.refresh();
      expect(mergedAt('hello-1')).toBe(MERGED);
    });

    it('is not asked for ever', async () => {
      propose('hello-1');
      await watcher.refresh();
      github.repository.change('main', {
        [path('hello-1')]: manifest('hello-1'),
      });
      for (let i = 0; i < 3; i += 1) {
        await watcher.refresh();
      }
      github.requests.length = 0;
      await watcher.refresh();
      expect(
        github.requests.filter(line => line.endsWith('/pulls')),
      ).toHaveLength(1);
    });

    it('is asked of few of many that came at once', async () => {
      await watcher.refresh();
      const names = [...Array(100).keys()].map(i => `job-${i}`);
      github.repository.change(
        'main',
        Object.fromEntries(names.map(name => [path(name), manifest(name)])),
      );
      github.requests.length = 0;
      await watcher.refresh();
      const asked = () =>
        github.requests.filter(line => line.endsWith('/pulls')).length;
      expect(asked()).toBe(21);
      for (let i = 0; i < 5; i += 1) {
        await watcher.refresh();
      }
      // All of them once, and the open ones in each of six readings.
      expect(asked()).toBe(106);
    });

    it('is found out later where it was merged while the portal was down', async () => {
      await open('hello-1');
      merge();
      await watcher.refresh();
      const job = row('hello-1');
      expect(job?.gitops?.mergedAt).toBeUndefined();
      const complete = async () => job && (await gitops.complete(job));
      github.refusal = { status: 503, body: { message: 'Down' } };
      expect(await complete()).toEqual(job?.gitops);
      github.refusal = undefined;
      expect(await complete()).toMatchObject({ mergedAt: MERGED });
      github.requests.length = 0;
      await complete();
      expect(github.requests).toEqual([]);
    });

    it('is not that of another pull request', async () => {
      await open('hello-1');
      merge();
      await watcher.refresh();
      const job = row('hello-1');
      const byHand = { path: path('hello-1'), pullRequestUrl: url(7) };
      expect(
        job && (await gitops.complete({ ...job, gitops: byHand })),
      ).toEqual(byHand);
    });
  });

  describe('what is proposed for a job that runs', () => {
    const pending = () => row('hello-1')?.gitops?.pendingChange;
    const createdAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);

    it.each(['stop', 'delete'] as const)(
      'is a %s from its pull request until the job is gone',
      async verb => {
        await running('hello-1');
        await gitops.repository.removeJob(ref('hello-1'), {
          verb,
          requester: 'user:default/ada',
        });
        await watcher.refresh();
        expect(pending()).toEqual({ verb, pullRequestUrl: url(1), createdAt });
        github.repository.merge(github.repository.pulls[0]);
        await watcher.refresh();
        expect(pending()).toEqual({
          verb,
          pullRequestUrl: url(1),
          createdAt,
          merged: true,
        });
        await watcher.refresh();
        expect(pending()?.merged).toBe(true);
      },
    );

    it('is a deletion where people remove the file by a branch of their own', async () => {
      await running('hello-1');
      github.repository.change('by-hand', { [path('hello-1')]: undefined });
      github.repository.open('by-hand');
      await watcher.refresh();
      expect(pending()).toEqual({
        verb: 'delete',
        pullRequestUrl: url(1),
        createdAt,
      });
    });

    it('is nothing once the pull request is closed, or from a fork', async () => {
      await running('hello-1');
      github.repository.change('by-hand', { [path('hello-1')]: undefined });
      const pull = github.repository.open('by-hand');
      github.repository.open('by-hand', { from: 'stranger/ml-platform' });
      await watcher.refresh();
      pull.state = 'closed';
      await watcher.refresh();
      expect(pending()).toBeUndefined();
    });

    it('is another run while the pull request of that is open', async () => {
      await running('hello-1');
      propose(
        'hello-2',
        manifest('hello-2', ", ml-platform.dev/another-run-of: 'hello-1'"),
      );
      await watcher.refresh();
      expect(pending()).toEqual({
        verb: 'retry',
        pullRequestUrl: url(1),
        createdAt,
      });
      github.repository.pulls[0].state = 'closed';
      await watcher.refresh();
      expect(pending()).toBeUndefined();
    });
  });
});
