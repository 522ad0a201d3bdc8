/**
 * Extension points of the Ray backend plugin, its permission rules, and the
 * service by which other plugins read the index of jobs.
 *
 * @packageDocumentation
 */
export * from './CallerPolicy';
export * from './GitHubAccess';
export * from './jobPermission';
export * from './imageBuilders';
export * from './jobDecorators';
export * from './jobNotices';
export * from './jobPage';
export * from './jobResource';
export * from './logArchives';
export * from './logSources';
export * from './ParameterFiles';
export * from './permissionRules';
export * from './rayJobsService';
export * from './workloadSource';
