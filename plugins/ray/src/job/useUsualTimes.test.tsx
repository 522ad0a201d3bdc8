import { TestApiProvider } from '@backstage/frontend-test-utils';
import { renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aJob, aList } from '../__testUtils__/jobs';
import { rayApiRef } from '../api/RayApi';
import { useUsualTimes } from './useUsualTimes';

describe('useUsualTimes', () => {
  it('compares a run with those before it only', async () => {
    const api = new FakeRayApi();
    const run = aJob({
      workload: 'hello-ray',
      createdAt: '2025-12-01T12:00:00Z',
    });
    const before = aJob({
      state: 'succeeded',
      createdAt: '2025-11-30T12:00:00Z',
      startedAt: '2025-11-30T12:01:00Z',
      endedAt: '2025-11-30T12:11:00Z',
    });
    api.list = aList([before, before, before]);
    const { result } = renderHook(() => useUsualTimes(run), {
      wrapper: ({ children }: PropsWithChildren<{}>) => (
        <TestApiProvider apis={[[rayApiRef, api]]}>{children}</TestApiProvider>
      ),
    });
    await waitFor(() =>
      expect(result.current).toEqual({ wait: 60_000, run: 600_000, runs: 3 }),
    );
    expect(api.asked).toMatchObject([
      {
        filter: {
          workload: ['hello-ray'],
          state: ['succeeded'],
          until: '2025-12-01T12:00:00Z',
        },
        sort: '-createdAt',
      },
    ]);
  });
});
