/**
 * The jobs repository: reads it and opens pull requests.
 *
 * @packageDocumentation
 */
export * from './GitHubAccess';
export * from './GitHubRepo';
export * from './manifestPath';
export * from './openPullRequestOnce';
export * from './pullRequestBody';
export * from './readGitOps';
export * from './repositoryPath';
export * from './repositoryUrl';
export * from './requestErrors';
