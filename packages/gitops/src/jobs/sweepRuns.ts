import type { GitHubApi } from '../github/GitHubApi';
import { unlessMissing } from '../github/requestErrors';
import type { PullRequestReader } from '../read/PullRequestReader';
import { deleteBranch } from '../write/deleteBranch';
import type { ProposalOptions } from './proposal';

const BRANCHES = 'heads/ray-job/run/';
/** Branches that are looked at one by one each time. */
const MOST_LOOKS = 100;

/** The time at the end of a run's name; of two, the later is the larger text. */
const timeOf = (branch: string) => /\d{8}-\d{6}$/.exec(branch)?.[0] ?? '';

/**
 * Deletes branches of runs that nobody asks for any more: a task pushed the branch, and
 * ended before it opened the pull request. A task that goes on after all pushes it again.
 *
 * @param options.before - branches whose commit is younger stay
 */
export async function sweepRuns(
  options: ProposalOptions & {
    readonly api: GitHubApi;
    readonly pulls: PullRequestReader;
    readonly before: Date;
  },
): Promise<void> {
  const { api, pulls, before, signal, onProgress } = options;
  const octokit = await api.octokit();
  const refs = await unlessMissing(
    octokit.rest.git.listMatchingRefs({ ...api.name, ref: BRANCHES }),
  );
  const known = [...(await pulls.open()), ...(await pulls.ended())];
  const proposed = new Set(known.map(({ branch }) => branch));
  const candidates = (refs?.data ?? [])
    .map(({ ref, object }) => ({
      branch: ref.replace('refs/heads/', ''),
      sha: object.sha,
    }))
    .filter(({ branch }) => !proposed.has(branch))
    .sort((a, b) => timeOf(b.branch).localeCompare(timeOf(a.branch)))
    .slice(0, MOST_LOOKS);
  for (const { branch, sha } of candidates) {
    signal?.throwIfAborted();
    const { data: commit } = await octokit.rest.git.getCommit({
      ...api.name,
      commit_sha: sha,
    });
    const isOld = new Date(commit.committer.date) < before;
    if (isOld && !(await pulls.of(branch))) {
      await deleteBranch(api, branch);
      onProgress?.(`Deleted branch ${branch}, which has no pull request`);
    }
  }
}
