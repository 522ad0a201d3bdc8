/**
 * Backend of the Ray plugin: an index of the RayJobs of all clusters, their
 * logs, and what can be done to them, over HTTP.
 *
 * @packageDocumentation
 */
export { rayPlugin as default } from './plugin';
