import { useApi } from '@backstage/frontend-plugin-api';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { rayApiRef } from '../api/RayApi';

/** How the runs of a workload ended in the last weeks. */
export function useStatistics(workload: string) {
  const api = useApi(rayApiRef);
  return useAsyncRetry(() => api.getStatistics(workload), [api, workload]);
}
