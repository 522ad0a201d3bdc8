import type { JobReview } from '@ml-platform/backstage-plugin-ray-common';
import type { PullRequest, PullRequestReview } from '@ml-platform/gitops';
import type { JobSummary } from '@ml-platform/rayjob';

/**
 * Web page of the open pull request that a job waits for: the one that brings it, or the
 * one that stops or deletes it.
 */
export function awaitedPullRequest({
  state,
  gitops,
}: JobSummary): string | undefined {
  if (state === 'awaiting-merge') {
    return gitops?.pullRequestUrl;
  }
  const change = gitops?.pendingChange;
  return change && !change.merged && change.verb !== 'retry'
    ? change.pullRequestUrl
    : undefined;
}

/**
 * A review as the API tells it.
 * @param problem - why nothing newer is known
 */
export function jobReview(
  { url, number }: PullRequest,
  review: PullRequestReview | undefined,
  problem: string | undefined,
): JobReview {
  const pullRequest = { url, number };
  if (!review) {
    return {
      pullRequest,
      state: 'unknown',
      waitsFor: problem
        ? "Its checks and reviews can't be read."
        : 'GitHub is being asked for its checks and reviews.',
      approvedBy: [],
      changesRequestedBy: [],
      askedFor: [],
      problem,
    };
  }
  const { pull, ...rest } = review;
  return { pullRequest, ...rest, problem };
}
