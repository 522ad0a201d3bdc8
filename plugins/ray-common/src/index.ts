/**
 * Permissions and the HTTP API of the Ray plugins: the table of its routes, the
 * schemas of what they take and answer, and the types of both.
 *
 * @packageDocumentation
 */
export * from './api/changeSchemas';
export * from './api/clusterDetailSchemas';
export * from './api/clusterSchemas';
export * from './api/describes';
export * from './api/errorSchema';
export * from './api/imageSchemas';
export * from './api/jobDetailSchemas';
export * from './api/jobFacetSchemas';
export * from './api/jobSchemas';
export * from './api/logLineSchemas';
export * from './api/logSchemas';
export * from './api/orderSchemas';
export * from './api/querySchemas';
export * from './api/reviewSchemas';
export * from './api/RouteContract';
export * from './api/rayClusterSchemas';
export * from './api/routes';
export * from './api/statisticsSchemas';
export * from './api/storageSchemas';
export * from './api/streamEvents';
export * from './api/syncSchemas';
export * from './permissions';
export * from './searchDocument';
