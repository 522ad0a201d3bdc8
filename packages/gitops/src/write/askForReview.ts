import { isError, type ErrorLike } from '@backstage/errors';
import type { GitHubApi } from '../github/GitHubApi';
import { hasStatus } from '../github/requestErrors';
import type { MergeMethod, ReviewConfig } from '../jobs/reviewConfig';

interface ReviewRequest {
  readonly api: GitHubApi;
  /** Number of an open pull request. */
  readonly number: number;
  readonly review: ReviewConfig;
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string) => void;
}

const ENABLE_AUTO_MERGE = `mutation ($pull: ID!, $how: PullRequestMergeMethod!) {
  enablePullRequestAutoMerge(input: { pullRequestId: $pull, mergeMethod: $how }) {
    clientMutationId
  }
}`;

const missing = (
  wanted: readonly string[],
  there: readonly (string | undefined)[],
): string[] => wanted.filter(name => !there.includes(name));

/**
 * Gives a pull request its labels, reviewers and auto-merge, as far as it has not got
 * them, so that who was interrupted can ask again. The pull request counts for more: what
 * GitHub doesn't allow is told, and doesn't fail.
 */
export async function askForReview(request: ReviewRequest): Promise<void> {
  const { api, number, review, signal, onProgress } = request;
  const octokit = await api.octokit();
  const { data } = await octokit.rest.pulls.get({
    ...api.name,
    pull_number: number,
  });
  const labels = missing(
    review.labels,
    data.labels.map(({ name }) => name),
  );
  // GitHub refuses a review by the author.
  const there = [...(data.requested_reviewers ?? []), data.user];
  const reviewers = missing(
    review.reviewers,
    there.map(user => user?.login),
  );
  const teams = missing(
    review.teams,
    (data.requested_teams ?? []).map(({ slug }) => slug),
  );
  const unlessRefused = async (what: string, act: () => Promise<unknown>) => {
    signal?.throwIfAborted();
    try {
      await act();
    } catch (error) {
      if (!isError(error) || !isRefusal(error)) {
        throw error;
      }
      onProgress?.(`GitHub refuses ${what} for #${number}: ${error.message}`);
    }
  };
  if (labels.length > 0) {
    await unlessRefused('the labels', () =>
      octokit.rest.issues.addLabels({
        ...api.name,
        issue_number: number,
        labels,
      }),
    );
  }
  if (reviewers.length > 0 || teams.length > 0) {
    await unlessRefused('the reviewers', () =>
      octokit.rest.pulls.requestReviewers({
        ...api.name,
        pull_number: number,
        reviewers,
        team_reviewers: teams,
      }),
    );
  }
  const method: MergeMethod | undefined = review.autoMerge;
  if (method && !data.auto_merge) {
    await unlessRefused('to turn on auto-merge', () =>
      octokit.graphql(ENABLE_AUTO_MERGE, {
        pull: data.node_id,
        how: method.toUpperCase(),
      }),
    );
  }
}

/** True when GitHub doesn't allow what was asked; its GraphQL API gives no status. */
function isRefusal(error: ErrorLike): boolean {
  return (
    error.name === 'GraphqlResponseError' ||
    [error, error.cause].some(reason => hasStatus(reason, 403, 404, 422))
  );
}
