import { createHash } from 'node:crypto';
import { isError } from '@backstage/errors';
import { jobId, type JobRef } from '@ml-platform/rayjob';
import type {
  PullRequest,
  PullRequestChanges,
} from '../read/PullRequestReader';
import type { FileChange } from '../write/fileChange';
import type { OpenedPullRequest } from '../write/openPullRequestOnce';
import { checkHolds } from './checkHolds';
import { cleanUpBody } from './cleanUpBody';
import type { Proposal, ProposalOptions } from './proposal';
import type { ManifestFile } from './readManifests';

/** A job that ended, and whose manifest nobody needs any more. */
export interface EndedJob {
  readonly ref: JobRef;
  /** How it ended, for example `succeeded`. */
  readonly state: string;
  /** ISO 8601. */
  readonly endedAt: string;
}

/** What cleaning up needs of the repository. */
interface Repository {
  headCommit(): Promise<string>;
  manifestsAt(commit: string): Promise<readonly ManifestFile[]>;
  openPullRequests(): Promise<readonly PullRequest[]>;
  endedPullRequests(): Promise<readonly PullRequest[]>;
  changesOf(pull: PullRequest): Promise<PullRequestChanges>;
  text(sha: string): Promise<string>;
  propose(
    proposal: Proposal,
    options: ProposalOptions,
  ): Promise<OpenedPullRequest>;
}

const BRANCHES = 'ray-job/clean-up/';
/** Files of one pull request: more than that nobody reviews. */
const MOST_FILES = 200;

/** The same removals have the same branch, and so the same pull request. */
function branchOf(changes: readonly FileChange[]): string {
  const hash = createHash('sha256');
  changes.forEach(({ path, replaces }) => hash.update(`${path}@${replaces}\n`));
  return `${BRANCHES}${hash.digest('hex').slice(0, 16)}`;
}

/** Paths of the files that people keep: they closed a pull request that removes them. */
async function keptFiles(repository: Repository): Promise<ReadonlySet<string>> {
  const kept = new Set<string>();
  for (const pull of await repository.endedPullRequests()) {
    if (pull.state === 'closed' && pull.branch.startsWith(BRANCHES)) {
      const { removed } = await repository.changesOf(pull);
      removed.forEach(path => kept.add(path));
    }
  }
  return kept;
}

/**
 * Opens one pull request that removes the manifests of jobs that ended, those that ended
 * first. While one is open, there is no second. The files of one that people closed aren't
 * proposed again, as long as it is among the pull requests that changed last.
 *
 * @returns `undefined` when there is nothing to remove
 */
export async function cleanUp(
  repository: Repository,
  jobs: readonly EndedJob[],
  options: ProposalOptions & { readonly most?: number } = {},
): Promise<OpenedPullRequest | undefined> {
  const { most = MOST_FILES } = options;
  const open = (await repository.openPullRequests()).find(({ branch }) =>
    branch.startsWith(BRANCHES),
  );
  if (open) {
    return { ...open, created: false };
  }
  const manifests = await repository.manifestsAt(await repository.headCommit());
  const kept = await keptFiles(repository);
  const byJob = new Map(
    manifests
      .filter(({ path }) => !kept.has(path))
      .map(file => [jobId(file.ref), file]),
  );
  const oldest = [...jobs].sort((a, b) => a.endedAt.localeCompare(b.endedAt));
  const removed: EndedJob[] = [];
  const changes: FileChange[] = [];
  for (const job of oldest) {
    const file = byJob.get(jobId(job.ref));
    if (!file || changes.length === most) {
      continue;
    }
    const { path, sha } = file;
    try {
      checkHolds({ path, text: await repository.text(sha) }, job.ref);
    } catch (error) {
      if (!isError(error) || error.name !== 'ConflictError') {
        throw error;
      }
      options.onProgress?.(error.message);
      continue;
    }
    changes.push({ path, content: undefined, replaces: sha });
    removed.push(job);
  }
  return changes.length > 0
    ? repository.propose(
        { branch: branchOf(changes), changes, ...cleanUpBody(removed) },
        options,
      )
    : undefined;
}
