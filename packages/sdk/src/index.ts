/**
 * PlatformClient: training jobs from code.
 *
 * @packageDocumentation
 */
export * from './clusters/JobClusterDirectory';
export * from './clusters/readJobClusters';
export * from './jobs/PlatformClient';
export * from './jobs/stopRayJob';
export * from './logs/ReadLines';
export * from './logs/comparePlaces';
export * from './logs/driverLog';
export * from './logs/logCursor';
export type { Run } from './logs/runName';
