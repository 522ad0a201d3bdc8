/**
 * What the real KubeRay operator did, for the tests of all packages.
 *
 * @packageDocumentation
 */
export * from './readRecording';
export * from './recordedMoments';
export type * from './recordingTypes';
export * from './scenarios';
