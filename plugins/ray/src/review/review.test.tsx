import type {
  JobDetail,
  JobReview,
} from '@ml-platform/backstage-plugin-ray-common';
import { screen, waitFor, within } from '@testing-library/react';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aDetail, aJob, aList } from '../__testUtils__/jobs';
import { renderRay } from '../__testUtils__/renderRay';
import { reviewFacts } from './reviewFacts';

const url = 'https://git.test/pull/1';
const gitops = { path: 'gitops/a.yaml', pullRequestUrl: url };
const proposed = aJob({
  name: 'run-a',
  state: 'awaiting-merge',
  startedAt: undefined,
  gitops,
});
const REVIEW: JobReview = {
  pullRequest: { url, number: 1 },
  state: 'waiting',
  waitsFor: 'It waits for a review by ada.',
  checks: [],
  approvedBy: [],
  changesRequestedBy: [],
  askedFor: ['ada'],
};

async function show(job: typeof proposed, change: Partial<JobDetail> = {}) {
  const api = new FakeRayApi();
  api.detail = aDetail(job, { live: false, ...change });
  renderRay({ api, path: `/jobs/workload-cluster/training/${job.name}` });
  await waitFor(() => expect(api.jobStreams).toHaveLength(1));
  await api.sendJobs({ event: 'snapshot', data: aList([job]) });
  await screen.findByRole('heading', { name: job.name, level: 1 });
  return api;
}

const notice = () => screen.getByRole('alert');
const facts = () =>
  within(screen.getByRole('list', { name: 'Checks and reviews' }))
    .getAllByRole('listitem')
    .map(item => item.textContent);

describe("what a job's page tells of its pull request", () => {
  it('is what it waits for, live', async () => {
    const api = await show(proposed, { review: REVIEW });
    expect(notice()).toHaveTextContent(
      'This run starts when its pull request is mergedIt waits for a review by ada.',
    );
    expect(facts()).toEqual(['ada asked for a review']);
    expect(api.reviewStreams.map(({ request }) => request)).toEqual([
      { cluster: 'workload-cluster', namespace: 'training', name: 'run-a' },
    ]);
    expect(notice()).toHaveClass('MuiAlert-outlinedInfo');

    await api.sendReview({
      ...REVIEW,
      state: 'blocked',
      waitsFor: 'The check lint failed.',
      checks: [
        { name: 'lint', state: 'failed', url: 'https://git.test/lint' },
        { name: 'build', state: 'running', url: 'file:///etc/passwd' },
      ],
      approvedBy: ['ada'],
      changesRequestedBy: ['bob'],
      askedFor: [],
    });
    expect(notice()).toHaveClass('MuiAlert-outlinedWarning');
    expect(notice()).toHaveTextContent('The check lint failed.');
    expect(facts()).toEqual([
      'lint, Opens in a new window failed',
      'bob asks for changes',
      'build running',
      'ada approved',
    ]);
    expect(screen.getByRole('link', { name: /^lint/ })).toHaveAttribute(
      'href',
      'https://git.test/lint',
    );
    expect(screen.queryByRole('link', { name: /^build/ })).toBeNull();
  });

  it('is the same of a pull request that stops a job', async () => {
    const pendingChange = { verb: 'stop' as const, pullRequestUrl: url };
    const running = aJob({
      name: 'run-b',
      gitops: { ...gitops, pendingChange },
    });
    await show(running, { live: true, review: REVIEW });
    expect(notice()).toHaveTextContent(
      'A pull request to stop this run waits to be mergedThe run goes on until then. It waits for a review by ada.',
    );
  });

  it('is nothing of another pull request, and no stream where none is open', async () => {
    const other = { ...REVIEW, pullRequest: { url: `${url}2`, number: 12 } };
    const api = await show(proposed, { review: other });
    expect(notice()).toHaveTextContent('Review the manifest and merge');
    expect(api.reviewStreams).toHaveLength(1);
    const merged = { ...proposed, state: 'awaiting-sync' as const };
    api.detail = aDetail(merged, { live: false });
    await api.sendJobs({ event: 'upsert', data: merged });
    await waitFor(() => expect(api.reviewStreams).toHaveLength(0));
  });

  it('says what the portal may not read, or could not', async () => {
    const api = await show(proposed, {
      review: { ...REVIEW, checks: undefined },
    });
    expect(notice()).toHaveTextContent("isn't allowed to read the checks");
    await api.sendReview({ ...REVIEW, problem: 'no answer' });
    expect(notice()).toHaveTextContent(
      "GitHub couldn't be asked just now: no answer",
    );
  });

  it('counts most of the checks that passed', () => {
    const checks = [...Array(30).keys()].map(number => ({
      name: `check ${number}`,
      state: 'passed' as const,
    }));
    const texts = reviewFacts({ ...REVIEW, askedFor: [], checks });
    expect(texts).toHaveLength(6);
    expect(texts[5]).toMatchObject({ text: '25 more checks', note: 'passed' });
  });
});
