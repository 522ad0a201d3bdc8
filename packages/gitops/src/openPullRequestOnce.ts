import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { Octokit } from 'octokit';
import { PullRequestBranch, type RepositoryFile } from './PullRequestBranch';
import { hasStatus } from './requestErrors';

/** What the one pull request of a branch shall be. */
export interface PullRequestRequest {
  readonly octokit: Octokit;
  readonly owner: string;
  readonly repo: string;
  /** Branch to merge into. */
  readonly base: string;
  /** Branch of the change; it stands for the change, so no two share one. */
  readonly branch: string;
  /** New files; none may exist on `base`. */
  readonly files: readonly RepositoryFile[];
  readonly title: string;
  readonly body: string;
  readonly logger: LoggerService;
}

/** The one pull request of a branch. */
export interface PullRequest {
  readonly url: string;
  readonly number: number;
  readonly state: 'open' | 'merged' | 'closed';
  /** False where an earlier run had opened it. */
  readonly created: boolean;
}

async function findPullRequest(
  request: PullRequestRequest,
): Promise<PullRequest | undefined> {
  const { octokit, owner, repo, branch } = request;
  const found = await octokit.paginate(octokit.rest.pulls.list, {
    owner,
    repo,
    state: 'all',
    head: `${owner}:${branch}`,
    per_page: 100,
  });
  const pull = found.find(candidate => candidate.head.ref === branch);
  if (!pull) {
    return undefined;
  }
  const ended = pull.merged_at ? 'merged' : 'closed';
  return {
    url: pull.html_url,
    number: pull.number,
    state: pull.state === 'open' ? 'open' : ended,
    created: false,
  };
}

/**
 * Opens the pull request of a branch, or finds the one that is there, whatever
 * became of it. Every step looks for what an earlier run left before it acts,
 * and what counts is atomic on the host: a branch appears with its commit or
 * not at all, and a host takes one open pull request for a branch. So a run
 * that was killed between any two calls is continued by the next, and of two
 * runs at once the second finds what the first made.
 *
 * @throws ConflictError when a file exists on the base already, or when the
 * branch holds something else
 */
export async function openPullRequestOnce(
  request: PullRequestRequest,
): Promise<PullRequest> {
  const { octokit, owner, repo, base, branch, title, body, logger } = request;
  const earlier = await findPullRequest(request);
  if (earlier) {
    logger.info(`Found pull request #${earlier.number} of an earlier run`);
    return earlier;
  }
  await new PullRequestBranch(request).ensure();
  try {
    const { data } = await octokit.rest.pulls.create({
      owner,
      repo,
      base,
      head: branch,
      title,
      body,
    });
    logger.info(`Opened pull request #${data.number}`);
    return {
      url: data.html_url,
      number: data.number,
      state: 'open',
      created: true,
    };
  } catch (error) {
    if (!hasStatus(error, 422)) {
      throw error;
    }
    // Opened by another run since we looked, or by a call whose answer was lost.
    const other = await findPullRequest(request);
    if (!other) {
      throw new ConflictError(
        `The git host refuses a pull request from ${branch} to ${base}`,
        error,
      );
    }
    logger.info(`Found pull request #${other.number}, just opened`);
    return other;
  }
}
