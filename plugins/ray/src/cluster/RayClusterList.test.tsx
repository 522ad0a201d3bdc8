import { screen } from '@testing-library/react';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aRayCluster } from '../__testUtils__/rayClusters';
import { renderRay } from '../__testUtils__/renderRay';
import { RayClusterList } from './RayClusterList';

// In a file of its own: Backstage remembers for a while what somebody may do, across tests.
it('shows the workers only to those who may not scale', async () => {
  renderRay({
    api: new FakeRayApi(),
    allowed: false,
    element: (
      <RayClusterList
        cluster={{
          name: 'gpu',
          title: 'GPU cluster',
          reachable: true,
          kueue: 'absent',
          queues: [],
          rayClusters: [aRayCluster],
        }}
      />
    ),
  });
  expect(await screen.findByText('1 worker, from 0 to 4')).toBeVisible();
  expect(screen.queryByRole('textbox')).toBeNull();
});
