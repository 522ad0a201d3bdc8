/**
 * Extension points of the Ray backend plugin, its permission rules, the clusters
 * of the configuration, and the service by which other plugins read the index.
 *
 * @packageDocumentation
 */
export * from './jobDecorators';
export * from './logSources';
export * from './permissionRules';
export * from './rayJobsService';
export * from './readRayClusters';
