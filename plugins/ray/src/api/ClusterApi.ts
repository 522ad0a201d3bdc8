import { createApiRef } from '@backstage/frontend-plugin-api';
import type { ClusterStreamEvent } from '@ml-platform/backstage-plugin-ray-common';
import type { JobRef } from '@ml-platform/rayjob';
import type { StreamHandlers } from '../streams/followEvents';
import type { CloseStream } from '../streams/StreamState';

/** A number of workers for one group of a Ray cluster. */
export interface Scaling {
  readonly group: string;
  readonly replicas: number;
}

/** Clusters as `/api/ray` serves them. */
export interface ClusterApi {
  /** Follows what a cluster has, what is free, and what waits. */
  streamCluster(
    name: string,
    handlers: StreamHandlers<ClusterStreamEvent>,
  ): CloseStream;
  /** Rejects with the `@backstage/errors` error that the backend sends. */
  scaleRayCluster(rayCluster: JobRef, scaling: Scaling): Promise<void>;
}

export const clusterApiRef = createApiRef<ClusterApi>().with({
  id: 'plugin.ray.clusters',
  pluginId: 'ray',
});
