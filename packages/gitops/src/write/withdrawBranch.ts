import { ConflictError } from '@backstage/errors';
import type { GitHubApi } from '../github/GitHubApi';
import { hasStatus } from '../github/requestErrors';
import { PullRequestReader, type PullRequest } from '../read/PullRequestReader';

/** Waits for a call, whose subject may be gone already. */
async function unlessGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    // GitHub answers 422 for a branch that isn't there.
    if (!hasStatus(error, 404, 422)) {
      throw error;
    }
  }
}

/**
 * Takes back what was proposed from a branch: closes its open pull request and
 * deletes the branch.
 *
 * @returns the pull request if it was merged before, so that nothing is taken back
 * @throws {ConflictError} when GitHub leaves the pull request open
 */
export async function withdrawBranch(options: {
  readonly api: GitHubApi;
  readonly base: string;
  readonly branch: string;
}): Promise<PullRequest | undefined> {
  const { api, base, branch } = options;
  const pulls = new PullRequestReader({ api, base });
  const found = await pulls.of(branch);
  const octokit = await api.octokit();
  if (found?.state === 'open') {
    await unlessGone(
      octokit.rest.pulls.update({
        ...api.name,
        pull_number: found.number,
        state: 'closed',
      }),
    );
  }
  await unlessGone(
    octokit.rest.git.deleteRef({ ...api.name, ref: `heads/${branch}` }),
  );
  // Somebody may have merged it since we looked.
  const last = found && (await pulls.of(branch));
  if (last?.state === 'open') {
    throw new ConflictError(`GitHub doesn't close ${last.url}`);
  }
  return last?.state === 'merged' ? last : undefined;
}
