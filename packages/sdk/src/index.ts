/**
 * PlatformClient: training jobs from code.
 *
 * @packageDocumentation
 */
export * from './clusters/JobClusterDirectory';
export * from './clusters/readJobClusters';
export * from './jobs/anotherRun';
export * from './jobs/gitClaim';
export * from './jobs/jobAdmission';
export * from './jobs/jobChange';
export * from './jobs/JobChanges';
export * from './jobs/jobMetadata';
export * from './jobs/PlatformClient';
export * from './jobs/scaleRayCluster';
export * from './jobs/stopRayJob';
export * from './logs/ReadLines';
export * from './logs/comparePlaces';
export * from './logs/driverLog';
export * from './logs/logCursor';
export * from './logs/mergedLog';
export type { SourcedLine } from './logs/logEvents';
export type { Run } from './logs/runName';
