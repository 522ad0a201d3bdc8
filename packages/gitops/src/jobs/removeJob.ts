import { NotFoundError } from '@backstage/errors';
import type { JobRef } from '@ml-platform/rayjob';
import type { PullRequest, RepositoryFile } from '../read/PullRequestReader';
import type { OpenedPullRequest } from '../write/openPullRequestOnce';
import { checkHolds } from './checkHolds';
import { jobBranch } from './jobBranch';
import type { GitOpsConfig } from './gitOpsConfig';
import type { Proposal, ProposalOptions } from './proposal';
import { removalBody, type RemovalRequest } from './removalBody';

type Removal = RemovalRequest['verb'];

/** What removing needs of the repository. */
interface Repository {
  readonly config: GitOpsConfig;
  pathOf(ref: JobRef): string;
  pullRequestOf(branch: string): Promise<PullRequest | undefined>;
  manifestOf(
    ref: JobRef,
  ): Promise<(RepositoryFile & { readonly text: string }) | undefined>;
  propose(
    proposal: Proposal,
    options: ProposalOptions,
  ): Promise<OpenedPullRequest>;
}

/**
 * The last pull request that asked for this of a job, and the branch of the next.
 * Callers at the same time see the same, and so share the next one.
 */
async function rounds(repository: Repository, verb: Removal, ref: JobRef) {
  let last: PullRequest | undefined;
  for (let round = 1; ; round += 1) {
    const branch = jobBranch(verb, ref, round);
    const pull = await repository.pullRequestOf(branch);
    if (!pull) {
      return { last, branch };
    }
    last = pull;
  }
}

/**
 * Opens the pull request that removes a job's manifest, once.
 * @throws {NotFoundError} when the repository doesn't hold the job
 * @throws {ConflictError} when the file holds anything else
 */
export async function removeJob(
  repository: Repository,
  ref: JobRef,
  request: RemovalRequest,
  options: ProposalOptions,
): Promise<OpenedPullRequest> {
  const { verb } = request;
  const own = await rounds(repository, verb, ref);
  const other = await rounds(
    repository,
    verb === 'stop' ? 'delete' : 'stop',
    ref,
  );
  const earlier = (state: PullRequest['state']) =>
    [own.last, other.last].find(pull => pull?.state === state);
  const open = earlier('open');
  if (open) {
    return { ...open, created: false };
  }
  const file = await repository.manifestOf(ref);
  const merged = earlier('merged');
  if (!file && merged) {
    return { ...merged, created: false };
  }
  if (!file) {
    const { repoUrl, branch } = repository.config;
    throw new NotFoundError(
      `${repoUrl} has no ${repository.pathOf(ref)} on ${branch}, so there is nothing to remove for ${ref.name}`,
    );
  }
  checkHolds(file, ref);
  return repository.propose(
    {
      branch: own.branch,
      changes: [{ path: file.path, content: undefined, replaces: file.sha }],
      ...removalBody(ref, request),
    },
    options,
  );
}
