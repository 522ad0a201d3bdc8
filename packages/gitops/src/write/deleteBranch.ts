import type { GitHubApi } from '../github/GitHubApi';
import { unlessGone } from '../github/requestErrors';

/** Deletes a branch, if it is there. */
export async function deleteBranch(
  api: GitHubApi,
  branch: string,
): Promise<void> {
  const octokit = await api.octokit();
  await unlessGone(
    octokit.rest.git.deleteRef({ ...api.name, ref: `heads/${branch}` }),
  );
}
