/**
 * The jobs repository: reads it by tree, and opens exactly one pull request for
 * each change.
 *
 * @packageDocumentation
 */
export * from './github/createGitHubClient';
export * from './github/repositoryUrl';
export * from './github/requestErrors';
export * from './jobs/gitOpsConfig';
export * from './jobs/jobBranch';
export * from './jobs/JobsRepository';
export * from './jobs/manifestPath';
export * from './jobs/proposal';
export * from './jobs/pullRequestBody';
export * from './jobs/repositoryPath';
export type { EndedJob } from './jobs/cleanUp';
export type { ManifestFile } from './jobs/readManifests';
export type { RemovalRequest } from './jobs/removalBody';
export type { RunManifest } from './jobs/reserveRun';
export type {
  PullRequest,
  PullRequestChanges,
  RepositoryFile,
} from './read/PullRequestReader';
export type { MergeCheck } from './review/mergeCheck';
export type { MergeOutlook } from './review/mergeOutlook';
export type { PullRequestReview } from './review/ReviewReader';
export { addition, type FileChange } from './write/fileChange';
export type { OpenedPullRequest } from './write/openPullRequestOnce';
