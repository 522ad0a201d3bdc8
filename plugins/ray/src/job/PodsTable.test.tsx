import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aDetail, aJob, aList } from '../__testUtils__/jobs';
import { renderRay } from '../__testUtils__/renderRay';

describe('PodsTable', () => {
  it('draws a page of many containers, and more on request', async () => {
    const job = aJob({ name: 'run-a' });
    const pods = Array.from({ length: 300 }, (_, i) => ({
      name: `run-a-worker-${i}`,
      role: 'worker' as const,
      phase: 'Running',
      createdAt: job.createdAt,
      containers: [
        {
          name: 'ray-worker',
          image: 'x',
          ready: true,
          restartCount: 0,
          state: 'running' as const,
        },
      ],
    }));
    const api = new FakeRayApi();
    api.detail = aDetail(job, { pods });
    renderRay({ api, path: '/jobs/workload-cluster/training/run-a' });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    await api.sendJobs({ event: 'snapshot', data: aList([job]) });
    const table = await screen.findByRole('table', {
      name: 'Pods and containers',
    });
    const rows = () => table.querySelectorAll('tbody tr');
    expect(rows()).toHaveLength(100);
    expect(screen.getByText('100 of 300 containers')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(rows()).toHaveLength(200);
    expect(within(table).getByText('run-a-worker-199')).toBeInTheDocument();
  });
});
