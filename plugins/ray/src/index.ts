/**
 * Live training jobs on Ray in Backstage.
 *
 * @packageDocumentation
 */
export { rayPlugin as default } from './plugin';
export * from './api/RayApi';
export type { JobListRequest } from './api/JobListRequest';
export type { CloseStream, StreamState } from './streams/StreamState';
