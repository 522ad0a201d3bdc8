import type { GitHubApi } from '../github/GitHubApi';
import { unlessMissing } from '../github/requestErrors';

/** Commit at the tip of a branch, read by ETag; `undefined` when there is no such branch. */
export function readHead(
  api: GitHubApi,
  branch: string,
): Promise<string | undefined> {
  return unlessMissing(
    api.unlessUnchanged(`head/${branch}`, async (octokit, headers) => {
      const answer = await octokit.rest.git.getRef({
        ...api.name,
        ref: `heads/${branch}`,
        headers,
      });
      return {
        headers: { etag: answer.headers.etag },
        data: answer.data.object.sha,
      };
    }),
  );
}
