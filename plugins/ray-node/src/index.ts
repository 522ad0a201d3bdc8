/**
 * Extension points of the Ray backend plugin, its permission rules, and the
 * service by which other plugins read the index of jobs.
 *
 * @packageDocumentation
 */
export * from './GitHubAccess';
export * from './jobDecorators';
export * from './logArchives';
export * from './logSources';
export * from './permissionRules';
export * from './rayJobsService';
