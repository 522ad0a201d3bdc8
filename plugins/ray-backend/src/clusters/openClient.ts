import { createClusterAccess, KubeClient } from '@ml-platform/kube';
import { type JobCluster } from '@ml-platform/sdk';

/** Requests to a cluster, or what is wrong with its configuration. */
export type OpenedClient =
  | { readonly client: KubeClient; readonly problem?: undefined }
  | { readonly client?: undefined; readonly problem: string };

export function openClient({ access }: JobCluster): OpenedClient {
  if (!access.ok) {
    return { problem: access.error };
  }
  try {
    const granted = createClusterAccess(access.config);
    return { client: new KubeClient({ access: granted }) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
