/**
 * What a workload's storage in Google Cloud is: the resource that people write in git,
 * the names that come of it, the manifests for both clusters, and its state.
 *
 * @packageDocumentation
 */
export * from './manifests';
export * from './paths';
export * from './storageConfig';
export * from './storageNames';
export * from './storageState';
export * from './WorkloadStorage';
