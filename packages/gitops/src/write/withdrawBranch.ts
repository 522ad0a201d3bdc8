import type { GitHubApi } from '../github/GitHubApi';
import { hasStatus } from '../github/requestErrors';
import { PullRequestReader } from '../read/PullRequestReader';

/**
 * Takes back what was proposed from a branch: closes its open pull request and
 * deletes the branch. Does nothing to a pull request that was merged.
 */
export async function withdrawBranch(options: {
  readonly api: GitHubApi;
  readonly base: string;
  readonly branch: string;
}): Promise<void> {
  const { api, base, branch } = options;
  const pull = await new PullRequestReader({ api, base }).of(branch);
  const octokit = await api.octokit();
  if (pull?.state === 'open') {
    await octokit.rest.pulls.update({
      ...api.name,
      pull_number: pull.number,
      state: 'closed',
    });
  }
  try {
    await octokit.rest.git.deleteRef({ ...api.name, ref: `heads/${branch}` });
  } catch (error) {
    // GitHub answers 422 for a branch that isn't there.
    if (!hasStatus(error, 404, 422)) {
      throw error;
    }
  }
}
