import { screen, waitFor } from '@testing-library/react';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aJob, aList } from '../__testUtils__/jobs';
import { renderRay } from '../__testUtils__/renderRay';
import { MyJobs } from './MyJobs';

const USER = 'user:default/guest';

describe('the widget with my jobs', () => {
  async function show() {
    const api = new FakeRayApi();
    renderRay({ api, element: <MyJobs /> });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    return api;
  }

  it('follows the jobs that the user asked for', async () => {
    const api = await show();
    expect(api.jobStreams[0].request).toMatchObject({
      filter: { owner: [USER] },
      limit: 8,
    });
    await api.sendJobs({
      event: 'snapshot',
      data: aList([aJob({ name: 'run-a' })], { total: 12 }),
    });
    expect(screen.getByRole('link', { name: 'run-a' })).toHaveAttribute(
      'href',
      '/ray/jobs/workload-cluster/training/run-a',
    );
    expect(
      screen.getByRole('link', { name: 'All my training jobs (12)' }),
    ).toHaveAttribute('href', `/ray?owner=${encodeURIComponent(USER)}`);
  });

  it('says that there are none', async () => {
    const api = await show();
    await api.sendJobs({ event: 'snapshot', data: aList([]) });
    expect(screen.getByText('You have no training jobs.')).toBeVisible();
  });

  it('says why they are missing', async () => {
    const api = await show();
    await api.setState({ kind: 'failed', error: new Error('Not allowed') });
    expect(
      screen.getByText(/Couldn't load your jobs: Not allowed/),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Retry' })).toBeVisible();
  });
});
