import { configApiRef, useApi } from '@backstage/frontend-plugin-api';

/** The Google Cloud project of workloads' storage, if the portal offers any. */
export function useStorageProject(): string | undefined {
  return useApi(configApiRef).getOptionalString(
    'ray.workloadStorage.projectId',
  );
}
