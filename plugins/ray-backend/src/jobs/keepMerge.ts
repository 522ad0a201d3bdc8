import type { JobGitOps } from '@ml-platform/rayjob';

interface InGit {
  readonly gitops?: JobGitOps;
}

/**
 * A run's row with what was known of the pull request that brought it: the object on the
 * cluster doesn't tell, and git no longer does once the manifest is removed.
 *
 * @param before - what the same run was shown with
 */
export function keepMerge<T extends InGit>(row: T, before?: InGit): T {
  const { gitops } = row;
  const { pullRequestUrl, mergedAt } = before?.gitops ?? {};
  const isKept = gitops?.mergedAt === undefined && mergedAt !== undefined;
  return gitops &&
    isKept &&
    (gitops.pullRequestUrl ?? pullRequestUrl) === pullRequestUrl
    ? { ...row, gitops: { ...gitops, pullRequestUrl, mergedAt } }
    : row;
}
