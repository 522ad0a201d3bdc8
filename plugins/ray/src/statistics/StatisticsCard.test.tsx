import { EntityProvider } from '@backstage/plugin-catalog-react';
import type { WorkloadStatistics } from '@ml-platform/backstage-plugin-ray-common';
import { ENTITY_ANNOTATION_WORKLOAD } from '@ml-platform/rayjob';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { renderRay } from '../__testUtils__/renderRay';
import { StatisticsCard } from './StatisticsCard';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'hello',
    annotations: { [ENTITY_ANNOTATION_WORKLOAD]: 'hello-ray' },
  },
};

const MINUTE = 60_000;
const FIGURES: WorkloadStatistics = {
  since: '2026-11-16T00:00:00.000Z',
  runs: 8,
  complete: true,
  succeeded: 5,
  failed: 2,
  stopped: 1,
  weeks: [
    { from: '2026-11-16T00:00:00.000Z', succeeded: 0, failed: 0, stopped: 0 },
    {
      from: '2026-11-23T00:00:00.000Z',
      succeeded: 5,
      failed: 2,
      stopped: 1,
      duration: { runs: 5, median: 10 * MINUTE, most: 20 * MINUTE },
      wait: { runs: 8, median: MINUTE, most: 2 * MINUTE },
    },
  ],
  causes: [
    {
      reason: 'OOMKilled',
      runs: 2,
      last: {
        cluster: 'c',
        namespace: 'training',
        name: 'run-a',
        uid: 'u1',
        message: 'It asked for 4Gi',
        endedAt: '2026-11-25T00:00:00.000Z',
      },
    },
  ],
  versions: [
    {
      version: '1.0.0',
      runs: 8,
      succeeded: 5,
      failed: 2,
      stopped: 1,
      lastEndedAt: '2026-11-25T00:00:00.000Z',
      owners: [{ owner: 'user:default/ada', runs: 8 }],
    },
  ],
};

function show(api: FakeRayApi) {
  renderRay({
    api,
    element: (
      <EntityProvider entity={entity}>
        <StatisticsCard />
      </EntityProvider>
    ),
  });
}

describe('the figures of a workload', () => {
  it('are pictures that also say what they show', async () => {
    const api = new FakeRayApi();
    api.statistics = FIGURES;
    show(api);
    expect(await screen.findByText(/^Success 71 %/)).toBeVisible();
    expect(api.figured).toEqual(['hello-ray']);
    expect(
      screen.getByRole('img', { name: /^Runs by week/ }),
    ).toHaveAccessibleName(
      'Runs by week: 16 Nov no runs; 23 Nov 5 succeeded, 2 failed, 1 stopped',
    );
    expect(
      screen.getByRole('img', { name: /^Median run/ }),
    ).toHaveAccessibleName(/median 10m 0s, nine of ten within 20m 0s/);
    await userEvent.click(screen.getByText('Numbers of each week'));
    const [, newest] = screen.getAllByRole('row');
    expect(
      within(newest)
        .getAllByRole('cell')
        .map(cell => cell.textContent),
    ).toEqual(['5', '2', '1', '71 %', '10m 0s', '1m 0s']);
  });

  it('say why runs failed and who runs what', async () => {
    const api = new FakeRayApi();
    api.statistics = FIGURES;
    show(api);
    expect(await screen.findByRole('link', { name: 'run-a' })).toHaveAttribute(
      'href',
      '/ray/jobs/c/training/run-a?uid=u1',
    );
    expect(screen.getByText('Out of memory')).toBeVisible();
    expect(screen.getByRole('link', { name: /ada/ })).toBeVisible();
  });

  it('say that nothing ended yet', async () => {
    show(new FakeRayApi());
    expect(await screen.findByText(/No run of this workload/)).toBeVisible();
  });

  it('say why they are missing, and load again', async () => {
    const api = new FakeRayApi();
    api.failure = new Error('The database is away');
    show(api);
    expect(await screen.findByText(/The database is away/)).toBeVisible();
    api.failure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText(/No run of this workload/)).toBeVisible();
  });
});
