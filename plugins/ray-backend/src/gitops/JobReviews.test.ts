import { mockServices } from '@backstage/backend-test-utils';
import type { PullRequest } from '@ml-platform/gitops';
import {
  FakeGitHub,
  testRepository,
  type FakePull,
} from '@ml-platform/gitops/testUtils';
import { jobSummary, type JobSummary } from '@ml-platform/rayjob';
import { JobReviews } from './JobReviews';
import { listenToGit } from './listenToGit';

const SECOND = 1_000;

describe('reviews of the pull requests of jobs', () => {
  let github: FakeGitHub;
  let fake: FakePull;
  let open: readonly PullRequest[];
  let reviews: JobReviews;
  let now: number;
  let ended: number;
  let job: JobSummary;

  beforeEach(async () => {
    now = Date.parse('2026-11-29T12:00:00Z');
    ended = 0;
    github = await FakeGitHub.start();
    github.repository.change('run', { 'a.yaml': 'a\n' });
    fake = github.repository.open('run', { mergeableState: 'blocked' });
    fake.reviewers.push('ada');
    const clock = () => new Date(now);
    const repository = testRepository(github, { clock });
    open = await repository.openPullRequests();
    reviews = new JobReviews({
      repository,
      openPull: url => open.find(pull => pull.url === url),
      onEnded: () => {
        ended += 1;
      },
      clock,
    });
    job = {
      ...jobSummary('c', { metadata: { name: 'a' } }),
      state: 'awaiting-merge',
      gitops: { path: 'a.yaml', pullRequestUrl: `${github.repoUrl}/pull/1` },
    };
    github.failAt(undefined);
  });

  afterEach(() => github.stop());

  const waitsFor = async () => (await reviews.of(job))?.waitsFor;
  const looks = () =>
    github.requests.filter(line => line.endsWith('/pulls/1')).length;

  it('are read once for all who look, and again when their time has come', async () => {
    const answers = await Promise.all([reviews.of(job), reviews.of(job)]);
    expect(answers[0]).toEqual({
      pullRequest: { url: `${github.repoUrl}/pull/1`, number: 1 },
      state: 'waiting',
      waitsFor: 'It waits for a review by ada.',
      autoMerge: false,
      checks: [],
      approvedBy: [],
      changesRequestedBy: [],
      askedFor: ['ada'],
    });
    expect(answers[1]).toEqual(answers[0]);
    fake.mergeableState = 'clean';
    now += 14 * SECOND;
    expect(await waitsFor()).toBe('It waits for a review by ada.');
    expect(looks()).toBe(1);
    now += SECOND;
    expect(await waitsFor()).toBe('It can be merged.');
    expect(looks()).toBe(2);
  });

  it('are read more seldom when many are looked at', async () => {
    const page = (number: number): JobSummary => ({
      ...job,
      gitops: { path: 'a.yaml', pullRequestUrl: `https://git.test/${number}` },
    });
    const leave = [...Array(40).keys()].map(number =>
      reviews.follow(page(number)),
    );
    await reviews.of(job);
    now += 39 * SECOND;
    await reviews.of(job);
    expect(looks()).toBe(1);
    leave.forEach(each => each());
    await reviews.of(job);
    expect(looks()).toBe(2);
  });

  it('are those of a pull request that stops a job, and of no other job', async () => {
    const { pullRequestUrl = '' } = job.gitops ?? {};
    const pendingChange = { verb: 'stop' as const, pullRequestUrl };
    const running: JobSummary = {
      ...job,
      state: 'running',
      gitops: { path: 'a.yaml', pendingChange },
    };
    expect(await reviews.of(running)).toMatchObject({ state: 'waiting' });
    const merged = { ...pendingChange, merged: true };
    for (const gitops of [
      { path: 'a.yaml' },
      { path: 'a.yaml', pendingChange: merged },
      { path: 'a.yaml', pullRequestUrl },
      {
        path: 'a.yaml',
        pendingChange: { ...pendingChange, verb: 'retry' as const },
      },
    ]) {
      expect(await reviews.of({ ...running, gitops })).toBeUndefined();
    }
  });

  it('are read at once when a webhook says that they changed', async () => {
    const events = mockServices.events.mock();
    await listenToGit({
      events,
      repository: testRepository(github),
      onChange: () => {},
      onReview: change => reviews.noteChange(change),
    });
    const [{ topics, onEvent }] = events.subscribe.mock.calls[0];
    const [{ headSha }] = open;
    const repository = { full_name: 'ml-platform/ml-platform' };
    const webhooks: [string, object][] = [
      ['github.check_run', { check_run: { head_sha: headSha } }],
      ['github.check_suite', { check_suite: { head_sha: headSha } }],
      ['github.status', { sha: headSha }],
      ['github.pull_request_review', { pull_request: { number: 1 } }],
      ['github.pull_request', { pull_request: { number: 1 } }],
    ];
    await reviews.of(job);
    for (const [topic, eventPayload] of webhooks) {
      expect(topics).toContain(topic);
      now += SECOND;
      const woken = reviews.waitFor(job, 60_000, new AbortController().signal);
      await onEvent({ topic, eventPayload: { ...eventPayload, repository } });
      await woken;
      await reviews.of(job);
    }
    expect(looks()).toBe(1 + webhooks.length);
    now += SECOND;
    await onEvent({
      topic: 'github.status',
      eventPayload: { sha: 'of something else', repository },
    });
    await reviews.of(job);
    expect(looks()).toBe(1 + webhooks.length);
  });

  it('are read once a second at most, however many webhooks come', async () => {
    await reviews.of(job);
    for (let i = 0; i < 50; i += 1) {
      reviews.noteChange({ number: 1 });
      await reviews.of(job);
    }
    expect(looks()).toBe(1);
    now += SECOND;
    await reviews.of(job);
    await reviews.of(job);
    expect(looks()).toBe(2);
  });

  it('are asked for again soon while GitHub finds out, then less often', async () => {
    fake.mergeableState = 'unknown';
    fake.reviewers.pop();
    const times: number[] = [];
    for (let second = 0; second < 60; second += 1) {
      const before = looks();
      await reviews.of(job);
      if (looks() > before) {
        times.push(second);
      }
      now += SECOND;
    }
    expect(times).toEqual([0, 2, 6, 14, 29, 44, 59]);
  });

  it('say what is wrong when GitHub fails, beside what was known', async () => {
    github.refusal = { status: 500, body: { message: 'Down' } };
    expect(await reviews.of(job)).toMatchObject({
      state: 'unknown',
      waitsFor: "Its checks and reviews can't be read.",
      problem: expect.stringContaining('Down'),
    });
    github.refusal = undefined;
    now += 15 * SECOND;
    await reviews.of(job);
    github.refusal = { status: 500, body: { message: 'Down' } };
    now += 15 * SECOND;
    expect(await reviews.of(job)).toMatchObject({
      waitsFor: 'It waits for a review by ada.',
      problem: expect.stringContaining('Down'),
    });
  });

  it('leave what remains of the rate limit to people', async () => {
    github.extraHeaders = {
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '900',
      'x-ratelimit-reset': String(now / 1000 + 600),
    };
    await reviews.of(job);
    now += 15 * SECOND;
    expect(await reviews.of(job)).toMatchObject({
      waitsFor: 'It waits for a review by ada.',
      problem: "GitHub's rate limit is nearly used up",
    });
    expect(looks()).toBe(1);
  });

  it('end with the pull request, of which the others are told', async () => {
    await reviews.of(job);
    github.repository.merge(fake);
    now += 15 * SECOND;
    expect(await reviews.of(job)).toBeUndefined();
    expect(ended).toBe(1);
  });

  it('are answered before GitHub when that is slow', async () => {
    let answer = () => {};
    github.onRequest = () =>
      new Promise<void>(resolve => {
        answer = resolve;
      });
    expect(await waitsFor()).toBe(
      'GitHub is being asked for its checks and reviews.',
    );
    github.onRequest = () => {};
    const woken = reviews.waitFor(job, 60_000, new AbortController().signal);
    answer();
    await woken;
    expect(await waitsFor()).toBe('It waits for a review by ada.');
  });
});
