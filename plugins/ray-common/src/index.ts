/**
 * Permissions and the types of the HTTP API of the Ray plugins.
 *
 * @packageDocumentation
 */
export * from './clusterTypes';
export * from './httpTypes';
export * from './permissions';
