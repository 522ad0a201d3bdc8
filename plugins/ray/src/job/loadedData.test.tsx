import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aDetail, aJob, aList } from '../__testUtils__/jobs';
import { renderRay } from '../__testUtils__/renderRay';

const job = aJob({ name: 'run-a' });

describe('what a job page has loaded', () => {
  let api: FakeRayApi;

  beforeEach(() => {
    api = new FakeRayApi();
    api.detail = aDetail(job);
  });

  async function show(tab: string) {
    renderRay({ api, path: `/jobs/workload-cluster/training/run-a/${tab}` });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    await api.sendJobs({ event: 'snapshot', data: aList([job]) });
  }

  const fail = () => Promise.reject(new Error('down'));

  it('stays when the events cannot be loaded again', async () => {
    api.events = [
      {
        type: 'Normal',
        reason: 'Scheduled',
        message: 'It has a node',
        count: 1,
        firstSeen: job.createdAt,
        lastSeen: job.createdAt,
        object: { kind: 'Pod', name: 'p' },
      },
    ];
    await show('events');
    await screen.findByText('It has a node');
    api.getEvents = fail;
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "Couldn't load the events: down",
    );
    expect(screen.getByText('It has a node')).toBeInTheDocument();
  });

  it('stays when the manifest cannot be loaded again', async () => {
    await show('manifest');
    const manifest = await screen.findByRole('region', { name: 'Manifest' });
    api.getManifest = fail;
    await api.sendJobs({ event: 'upsert', data: { ...job, attempt: 2 } });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "Couldn't load the manifest: down",
    );
    expect(manifest).toHaveTextContent('kind: RayJob');
    expect(manifest).toBeInTheDocument();
  });
});
