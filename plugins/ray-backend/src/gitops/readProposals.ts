import type {
  JobsRepository,
  ManifestFile,
  PullRequest,
} from '@ml-platform/gitops';
import type { JobRef } from '@ml-platform/rayjob';
import pLimit from 'p-limit';

/** Requests at the same time. */
const AT_ONCE = 4;

/** The jobs that an open pull request adds and removes. */
export interface Proposal {
  readonly pull: PullRequest;
  readonly added: readonly ManifestFile[];
  readonly removed: readonly JobRef[];
}

/** What the open pull requests propose for jobs, in their order. */
export async function readProposals(
  repository: JobsRepository,
  pulls: readonly PullRequest[],
): Promise<readonly Proposal[]> {
  const limited = pLimit(AT_ONCE);
  return Promise.all(
    pulls.map(pull =>
      limited(async () => {
        const { added, removed } = await repository.changesOf(pull);
        return {
          pull,
          added: added.flatMap(file => {
            const ref = repository.jobAt(file.path);
            return ref ? [{ ...file, ref }] : [];
          }),
          removed: removed.flatMap(path => repository.jobAt(path) ?? []),
        };
      }),
    ),
  );
}
