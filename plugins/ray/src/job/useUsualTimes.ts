import { useApi } from '@backstage/frontend-plugin-api';
import type { JobSummary } from '@ml-platform/rayjob';
import useAsync from 'react-use/esm/useAsync';
import { rayApiRef } from '../api/RayApi';
import { usualTimes, type UsualTimes } from './timeSpent';

/** Number of the workload's runs before this one that are looked at. */
const RUNS = 20;

/** How long the runs before this one of its workload took that succeeded. */
export function useUsualTimes({
  workload,
  createdAt,
}: JobSummary): UsualTimes | undefined {
  const api = useApi(rayApiRef);
  const { value } = useAsync(async () => {
    if (!workload) {
      return undefined;
    }
    const { items } = await api.listJobs({
      filter: {
        workload: [workload],
        state: ['succeeded'],
        until: createdAt,
      },
      sort: '-createdAt',
      limit: RUNS,
    });
    return usualTimes(items);
  }, [api, workload, createdAt]);
  // Without an answer the page says nothing of what is usual.
  return value;
}
