import { EntityProvider } from '@backstage/plugin-catalog-react';
import { ENTITY_ANNOTATION_WORKLOAD } from '@ml-platform/rayjob';
import { screen, waitFor } from '@testing-library/react';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aJob, aList } from '../__testUtils__/jobs';
import { renderRay } from '../__testUtils__/renderRay';
import { EntityJobs } from './EntityJobs';
import { LatestJobsCard } from './LatestJobsCard';
import { isWorkload } from './workloadOf';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'hello',
    annotations: { [ENTITY_ANNOTATION_WORKLOAD]: 'hello-ray' },
  },
};

describe('the catalog page of a workload', () => {
  it('has runs only if the entity is a workload', () => {
    expect(isWorkload(entity)).toBe(true);
    expect(isWorkload({ ...entity, metadata: { name: 'x' } })).toBe(false);
  });

  it('has a card with the latest runs and links to their pages', async () => {
    const api = new FakeRayApi();
    renderRay({
      api,
      element: (
        <EntityProvider entity={entity}>
          <LatestJobsCard />
        </EntityProvider>
      ),
    });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    expect(api.jobStreams[0].request.filter).toEqual({
      workload: ['hello-ray'],
    });
    await api.sendJobs({
      event: 'snapshot',
      data: aList([aJob({ name: 'run-b' }), aJob({ name: 'run-a' })]),
    });
    expect(screen.getByRole('link', { name: 'run-a' })).toHaveAttribute(
      'href',
      '/ray/jobs/workload-cluster/training/run-a',
    );
    expect(
      screen.getByRole('img', { name: /Durations of the last 2 runs/ }),
    ).toBeInTheDocument();
    expect(screen.getByText('All training jobs (2)')).toBeInTheDocument();
  });

  it('has a tab with all runs, without a filter for the workload', async () => {
    const api = new FakeRayApi();
    renderRay({
      api,
      element: (
        <EntityProvider entity={entity}>
          <EntityJobs />
        </EntityProvider>
      ),
    });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    await api.sendJobs({ event: 'snapshot', data: aList([aJob()]) });
    expect(screen.getByRole('table')).toBeInTheDocument();
    expect(screen.queryByRole('textbox', { name: 'Workload' })).toBeNull();
    expect(
      screen.getByRole('textbox', { name: 'Cluster' }),
    ).toBeInTheDocument();
  });
});
