import { screen, within } from '@testing-library/react';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aDetail, aJob } from '../__testUtils__/jobs';
import { renderRay } from '../__testUtils__/renderRay';
import { TimeBars } from './TimeBars';

describe('TimeBars', () => {
  it('tells what the time of each attempt went to', async () => {
    const job = aJob({
      state: 'failed',
      attempt: 2,
      gitops: { path: 'x.yaml', mergedAt: '2025-12-01T12:08:00Z' },
      createdAt: '2025-12-01T12:10:00Z',
      startedAt: '2025-12-01T12:23:00Z',
      endedAt: '2025-12-01T12:30:00Z',
    });
    const detail = aDetail(job, {
      attempts: [
        {
          attempt: 1,
          startedAt: '2025-12-01T12:10:00Z',
          head: {
            scheduledAt: '2025-12-01T12:11:00Z',
            startedAt: '2025-12-01T12:13:00Z',
          },
          entrypointStartedAt: '2025-12-01T12:14:00Z',
          endedAt: '2025-12-01T12:20:00Z',
          state: 'failed',
        },
        { attempt: 2, startedAt: '2025-12-01T12:20:00Z', state: 'failed' },
      ],
    });
    renderRay({
      api: new FakeRayApi(),
      element: <TimeBars detail={detail} />,
    });
    const bars = await screen.findByRole('region', {
      name: 'Where the time went',
    });
    const legends = within(bars)
      .getAllByRole('list')
      .map(list =>
        within(list)
          .getAllByRole('listitem')
          .map(({ textContent }) => textContent),
      );
    expect(legends).toEqual([
      [
        'Review 8m 0s',
        'Sync 2m 0s',
        'Waiting for a node 1m 0s',
        'Image pull 2m 0s',
        'Cluster start 1m 0s',
        'Run 6m 0s',
      ],
      ['Cluster start 3m 0s', 'Run 7m 0s'],
    ]);
  });
});
