/**
 * What the embedded controllers are made with: cache, work queue, events.
 *
 * @packageDocumentation
 */
export * from './EventRecorder';
export * from './eventForms';
export * from './KubeApi';
export * from './ObjectCache';
export * from './WorkQueue';
export * from './jobObjects';
export * from './kinds';
export * from './objects';
export * from './podObjects';
export * from './portMap';
export * from './time';
export * from './sentenceOf';
