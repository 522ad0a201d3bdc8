import { NotFoundError } from '@backstage/errors';
import { type ClusterStatus } from '@ml-platform/backstage-plugin-ray-common';
import {
  jobBranch,
  type JobsRepository,
  type PullRequest,
} from '@ml-platform/gitops';
import {
  parseManifest,
  type JobGitOps,
  type JobRef,
  type JobSummary,
  type RayJob,
} from '@ml-platform/rayjob';
import { LRUCache } from 'lru-cache';
import type { GitOpsWatcher } from './GitOpsWatcher';

/** Jobs whose pull request is remembered. */
const MOST_PULL_REQUESTS = 5_000;
/** Milliseconds until a job without a merged pull request is looked up again. */
const ABSENT_FOR = 60_000;

/** Reads what only git has of jobs. */
export class GitOps {
  readonly repository: JobsRepository;
  readonly #watcher: GitOpsWatcher;
  readonly #pullRequests = new LRUCache<
    string,
    Partial<Pick<PullRequest, 'url' | 'mergedAt'>>
  >({ max: MOST_PULL_REQUESTS });

  constructor(options: {
    readonly repository: JobsRepository;
    readonly watcher: GitOpsWatcher;
  }) {
    this.repository = options.repository;
    this.#watcher = options.watcher;
  }

  get status(): ClusterStatus {
    return this.#watcher.status;
  }

  refresh(): Promise<void> {
    return this.#watcher.refresh();
  }

  /** True for a job that was on the main branch at the last reading. */
  has(ref: JobRef): boolean {
    return this.#watcher.has(ref);
  }

  /**
   * Adds the pull request that brought a job, and when it was merged, which the job itself
   * can't tell.
   */
  async complete(job: JobSummary): Promise<JobGitOps | undefined> {
    const { gitops, state } = job;
    const known = gitops?.pullRequestUrl;
    if (!gitops || gitops.mergedAt || (known && state === 'awaiting-merge')) {
      return gitops;
    }
    try {
      const { url = known, mergedAt } = await this.#pullRequest(job);
      return known && url !== known
        ? gitops
        : { ...gitops, pullRequestUrl: url, mergedAt };
    } catch {
      // The page has a link and a time less, but must not fail with GitHub.
      return gitops;
    }
  }

  /**
   * Text of a manifest: from the open pull request, or from main.
   * @throws {NotFoundError} when git doesn't hold the job
   */
  async manifest(job: JobSummary): Promise<string> {
    const file = await this.repository.manifestOf(job, await this.#commit(job));
    if (!file) {
      throw new NotFoundError(`${job.name} has no manifest in git`);
    }
    return file.text;
  }

  /**
   * The RayJob as git has it.
   * @throws {NotFoundError} when git doesn't hold the job
   * @throws {InputError} when the manifest is not this RayJob
   */
  async rayJob(job: JobSummary): Promise<RayJob> {
    return parseManifest(await this.manifest(job), job);
  }

  /** Commit to read a job's manifest at; `undefined` for the main branch. */
  async #commit(job: JobSummary): Promise<string | undefined> {
    if (job.state !== 'awaiting-merge') {
      return undefined;
    }
    const pulls = await this.repository.openPullRequests();
    return pulls.find(({ url }) => url === job.gitops?.pullRequestUrl)?.headSha;
  }

  async #pullRequest(ref: JobRef) {
    const branch = jobBranch('run', ref);
    const known = this.#pullRequests.get(branch);
    if (known) {
      return known;
    }
    const { url, mergedAt } =
      (await this.repository.pullRequestOf(branch)) ?? {};
    const ttl = mergedAt ? undefined : ABSENT_FOR;
    this.#pullRequests.set(branch, { url, mergedAt }, { ttl });
    return { url, mergedAt };
  }
}
