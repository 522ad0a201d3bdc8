import { useApi } from '@backstage/frontend-plugin-api';
import useAsync from 'react-use/esm/useAsync';
import { rayApiRef } from '../api/RayApi';

/** Versions of a workload's image in the registry; nothing while no workload is known. */
export function useImageVersions(workload: string | undefined) {
  const api = useApi(rayApiRef);
  return useAsync(
    async () => (workload ? api.listVersions(workload) : undefined),
    [api, workload],
  );
}
