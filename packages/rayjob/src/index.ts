/**
 * What a RayJob is: types, state rules, summaries, quantities, rendering, validation.
 *
 * @packageDocumentation
 */
export * from './objects/annotations';
export * from './objects/kubernetes';
export * from './objects/rayLabels';
export * from './objects/rayResources';
export * from './queue/kueueTypes';
export * from './queue/queueEntry';
export * from './queue/queueState';
export * from './render/manifestYaml';
export * from './render/parseManifest';
export * from './render/renderRayJob';
export * from './render/validateRayJob';
export * from './state/jobState';
export * from './state/statusMessage';
export * from './state/submitterContainer';
export * from './summary/dashboards';
export * from './summary/jobAttempts';
export * from './summary/jobDetail';
export * from './summary/jobFilter';
export * from './summary/jobOrder';
export * from './summary/jobSummary';
export * from './summary/rayClusterSummary';
export * from './summary/rayClusterTypes';
export * from './summary/types';
export * from './values/jobName';
export * from './values/quantities';
export * from './values/validation';
