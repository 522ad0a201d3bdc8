/**
 * Types, permissions and pure rules that the Ray plugins share. Runs in the
 * browser and in Node; knows no client library.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './clusterTypes';
export * from './dashboards';
export * from './jobDetail';
export * from './jobFilter';
export * from './jobName';
export * from './jobOrder';
export * from './jobResources';
export * from './jobState';
export * from './jobSummary';
export * from './kubernetes';
export * from './kueueTypes';
export * from './manifestPath';
export * from './permissions';
export * from './podProblem';
export * from './quantities';
export * from './queueEntry';
export * from './queueState';
export * from './quotaText';
export * from './rayClusterSummary';
export * from './rayClusterTypes';
export * from './rayLabels';
export * from './statusMessage';
export * from './types';
export * from './validation';
