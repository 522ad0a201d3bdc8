import { ConflictError } from '@backstage/errors';
import { Patience, type PatienceOptions } from '../github/Patience';
import { hasStatus } from '../github/requestErrors';
import {
  PullRequestReader,
  toPullRequest,
  type PullRequest,
} from '../read/PullRequestReader';
import type { ReviewConfig } from '../jobs/reviewConfig';
import { askForReview } from './askForReview';
import { PullRequestBranch, type BranchRequest } from './PullRequestBranch';

/** A change, and the pull request that asks for it. */
export interface PullRequestRequest extends BranchRequest, PatienceOptions {
  /** Title of the pull request and message of its commit. */
  readonly title: string;
  /** Text of the pull request, in GitHub's Markdown. */
  readonly body: string;
  /** What is asked for it, if anything. */
  readonly review?: ReviewConfig;
}

/** The one pull request of a branch. */
export interface OpenedPullRequest extends PullRequest {
  /** False when an earlier run had opened it. */
  readonly created: boolean;
}

/**
 * Opens the pull request of a branch, or finds the one that is there, whatever
 * became of it. Every step looks for what an earlier run left before it acts,
 * and what counts is atomic on the host: a branch appears with its commit or
 * not at all, and a host takes one open pull request for a branch. So a run
 * that was killed between any two calls is continued by the next, and of two
 * runs at once the second finds what the first made.
 *
 * @throws {ConflictError} when the base isn't what the change starts from, or
 * the branch holds something else
 */
export async function openPullRequestOnce(
  request: PullRequestRequest,
): Promise<OpenedPullRequest> {
  const patience = new Patience(request);
  const pull = await patience.with(() => openOrFind(request));
  const { review } = request;
  if (review && pull.state === 'open') {
    const { number } = pull;
    await patience.with(() => askForReview({ ...request, review, number }));
  }
  return pull;
}

async function openOrFind(
  request: PullRequestRequest,
): Promise<OpenedPullRequest> {
  const { api, base, branch, title, body, signal, onProgress } = request;
  const pulls = new PullRequestReader({ api, base });
  const earlier = await pulls.of(branch);
  if (earlier) {
    onProgress?.(`Found pull request #${earlier.number} of an earlier run`);
    return { ...earlier, created: false };
  }
  await new PullRequestBranch(request).ensure();
  const octokit = await api.octokit();
  signal?.throwIfAborted();
  try {
    const { data } = await octokit.rest.pulls.create({
      ...api.name,
      base,
      head: branch,
      title,
      body,
    });
    onProgress?.(`Opened pull request #${data.number}`);
    return { ...toPullRequest(data), created: true };
  } catch (error) {
    if (!hasStatus(error, 409, 422)) {
      throw error;
    }
    // Another run opened it since we looked, or a call whose answer was lost.
    const other = await pulls.of(branch);
    if (!other) {
      throw new ConflictError(
        `GitHub refuses a pull request from ${branch} to ${base}`,
        error,
      );
    }
    onProgress?.(`Found pull request #${other.number}, just opened`);
    return { ...other, created: false };
  }
}
