/**
 * Permissions and the HTTP API of the Ray plugins: the table of its routes, the
 * schemas of what they take and answer, and the types of both.
 *
 * @packageDocumentation
 */
export * from './api/changeSchemas';
export * from './api/clusterSchemas';
export * from './api/describes';
export * from './api/errorSchema';
export * from './api/jobDetailSchemas';
export * from './api/jobSchemas';
export * from './api/logSchemas';
export * from './api/querySchemas';
export * from './api/RouteContract';
export * from './api/routes';
export * from './api/streamEvents';
export * from './permissions';
