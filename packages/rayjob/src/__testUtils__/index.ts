/**
 * What the real KubeRay operator did, for the tests of all packages.
 *
 * @packageDocumentation
 */
export * from '../recordings/readRecording';
export * from './rayJobRequest';
export * from '../recordings/recordedMoments';
export type * from '../recordings/recordingTypes';
export * from '../recordings/scenarios';
