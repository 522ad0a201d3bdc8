/**
 * Live training jobs on Ray for portals on Backstage's older frontend system.
 *
 * @packageDocumentation
 */
export { rayPlugin } from './plugin';
export * from './extensions';
export * from './fieldExtensions';
export { isCluster as isRayKubernetesClusterAvailable } from '../cluster/clusterOf';
export {
  hasStorage as isRayStorageAvailable,
  isWorkload as isRayWorkloadAvailable,
} from '../entity/workloadOf';
export { rayApiFactory } from '../apiFactories';
export * from '../api/RayApi';
export type { JobListRequest } from '../api/JobListRequest';
export type { CloseStream, StreamState } from '../streams/StreamState';
