import { ConflictError } from '@backstage/errors';
import type { GitHubApi } from '../github/GitHubApi';
import { unlessGone } from '../github/requestErrors';
import { PullRequestReader, type PullRequest } from '../read/PullRequestReader';
import { deleteBranch } from './deleteBranch';

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
  if (found?.state === 'open') {
    const octokit = await api.octokit();
    await unlessGone(
      octokit.rest.pulls.update({
        ...api.name,
        pull_number: found.number,
        state: 'closed',
      }),
    );
  }
  await deleteBranch(api, branch);
  // Somebody may have merged it since we looked.
  const last = found && (await pulls.of(branch));
  if (last?.state === 'open') {
    throw new ConflictError(`GitHub doesn't close ${last.url}`);
  }
  return last?.state === 'merged' ? last : undefined;
}
