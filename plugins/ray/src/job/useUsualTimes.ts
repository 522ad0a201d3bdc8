import { useApi } from '@backstage/frontend-plugin-api';
import type { JobSummary } from '@ml-platform/rayjob';
import useAsync from 'react-use/esm/useAsync';
import { rayApiRef } from '../api/RayApi';
import { usualTimes, type UsualTimes } from './timeSpent';

/** Number of the workload's last runs that are looked at. */
const RUNS = 20;

/** How long the last runs of a job's workload took that succeeded. */
export function useUsualTimes({
  workload,
  uid,
}: JobSummary): UsualTimes | undefined {
  const api = useApi(rayApiRef);
  const { value } = useAsync(async () => {
    if (!workload) {
      return undefined;
    }
    const { items } = await api.listJobs({
      filter: { workload: [workload], state: ['succeeded'] },
      sort: '-createdAt',
      limit: RUNS,
    });
    return usualTimes(items.filter(run => run.uid !== uid));
  }, [api, workload, uid]);
  // Without an answer the page says nothing of what is usual.
  return value;
}
