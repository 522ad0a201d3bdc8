/**
 * What a RayJob is: types, state rules, summaries, quantities, rendering, validation.
 *
 * @packageDocumentation
 */
export * from './objects/annotations';
export * from './objects/kubernetes';
export * from './objects/rayLabels';
export * from './objects/readRayJob';
export * from './objects/rayResources';
export * from './objects/redactManifest';
export * from './policy/gitProblems';
export * from './policy/jobPolicy';
export { BASELINE_CAPABILITIES } from './policy/podSecurity';
export * from './policy/policyProblems';
export * from './queue/kueueTypes';
export * from './queue/queueEntry';
export * from './queue/queueState';
export * from './yaml/readYaml';
export * from './yaml/writeYaml';
export * from './render/entrypoint';
export * from './render/jobSpec';
export * from './render/parseManifest';
export * from './render/renderRayJob';
export * from './render/validateRayJob';
export * from './render/writeManifest';
export * from './state/compactJob';
export * from './state/exitCodes';
export * from './state/jobManager';
export * from './state/jobState';
export * from './state/stateResult';
export * from './state/keepCause';
export * from './state/plainText';
export * from './state/statusMessage';
export * from './state/stopMark';
export * from './state/submitterContainer';
export * from './summary/dashboards';
export * from './summary/endedByRay';
export * from './summary/jobAttempts';
export * from './summary/jobDetail';
export * from './summary/jobFilter';
export * from './summary/jobOrder';
export * from './summary/jobSummary';
export * from './summary/rayClusterSummary';
export * from './summary/rayClusterTypes';
export * from './summary/types';
export * from './values/entityRef';
export * from './values/imageReference';
export * from './values/jobName';
export * from './values/quantities';
export * from './values/validation';
