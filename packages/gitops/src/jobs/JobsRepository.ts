import { NotFoundError } from '@backstage/errors';
import type { JobRef } from '@ml-platform/rayjob';
import type { ConnectGitHub } from '../github/createGitHubClient';
import { GitHubApi } from '../github/GitHubApi';
import { Patience, type PatienceOptions } from '../github/Patience';
import { FileReader } from '../read/FileReader';
import {
  PullRequestReader,
  type PullRequest,
  type PullRequestChanges,
  type RepositoryFile,
} from '../read/PullRequestReader';
import { readHead } from '../read/readHead';
import { TreeReader } from '../read/TreeReader';
import { ReviewReader, type PullRequestReview } from '../review/ReviewReader';
import { addition } from '../write/fileChange';
import {
  openPullRequestOnce,
  type OpenedPullRequest,
} from '../write/openPullRequestOnce';
import { withdrawBranch } from '../write/withdrawBranch';
import { cleanUp, type EndedJob } from './cleanUp';
import type { GitOpsConfig } from './gitOpsConfig';
import { jobBranch } from './jobBranch';
import { jobManifestPath, parseJobManifestPath } from './manifestPath';
import type { Proposal, ProposalOptions } from './proposal';
import { readManifests, type ManifestFile } from './readManifests';
import type { RemovalRequest } from './removalBody';
import { removeJob } from './removeJob';
import { reserveRun, type RunManifest } from './reserveRun';
import { sweepRuns } from './sweepRuns';

/**
 * The repository that jobs come from. Reads it by tree, so that only what
 * changed is fetched, and asks for changes by pull requests, each exactly once.
 * It never pushes to the branch that jobs run from.
 */
export class JobsRepository {
  readonly config: GitOpsConfig;
  readonly #api: GitHubApi;
  readonly #trees: TreeReader;
  readonly #pulls: PullRequestReader;
  readonly #reviews: ReviewReader;
  readonly #files: FileReader;

  constructor(options: {
    readonly config: GitOpsConfig;
    readonly connect: ConnectGitHub;
    readonly clock?: () => Date;
    /** Times that a request is sent again after GitHub failed; 0 by default. */
    readonly retries?: number;
  }) {
    const { config, connect, retries, clock = () => new Date() } = options;
    this.config = config;
    const { owner, repo, branch: base } = config;
    const name = { owner, repo };
    this.#api = new GitHubApi({ name, connect, retries, clock });
    this.#trees = new TreeReader({ api: this.#api });
    this.#pulls = new PullRequestReader({ api: this.#api, base });
    this.#files = new FileReader({ api: this.#api });
    this.#reviews = new ReviewReader({ api: this.#api });
  }

  /** False when GitHub's rate limit leaves only what people's changes need. */
  get hasSpareRequests(): boolean {
    return this.#api.limit.hasSpare;
  }

  /** Path of a job's manifest. It follows from the job's place, and nothing else. */
  pathOf(ref: JobRef): string {
    return jobManifestPath(ref, this.config.path);
  }

  /** The job that a path is the manifest of, or `undefined` for other files. */
  jobAt(path: string): JobRef | undefined {
    return parseJobManifestPath(path, this.config.path);
  }

  /** Web page of a file. */
  fileUrl(path: string, ref: string = this.config.branch): string {
    const parts = [...ref.split('/'), ...path.split('/')];
    return `${this.config.repoUrl}/blob/${parts.map(encodeURIComponent).join('/')}`;
  }

  /** Open pull requests of the repository's own branches, newest first. */
  openPullRequests(): Promise<readonly PullRequest[]> {
    return this.#pulls.open();
  }

  /** Closed and merged pull requests, those that changed last; at most 1,000. */
  endedPullRequests(): Promise<readonly PullRequest[]> {
    return this.#pulls.ended();
  }

  /** The files that a pull request adds and removes. */
  changesOf(pull: PullRequest): Promise<PullRequestChanges> {
    return this.#pulls.changes(pull);
  }

  /** The pull request of a branch: the open one, or else the newest. */
  pullRequestOf(branch: string): Promise<PullRequest | undefined> {
    return this.#pulls.of(branch);
  }

  /**
   * Checks and reviews of a pull request; `undefined` when it is no longer open.
   * @throws {ServiceUnavailableError} when GitHub can't be asked
   */
  reviewOf({ number }: PullRequest): Promise<PullRequestReview | undefined> {
    return this.#reviews.read(number);
  }

  /**
   * Commit at the tip of the branch that jobs run from.
   * @throws {NotFoundError} when there is no such branch to see
   */
  async headCommit(): Promise<string> {
    const { repoUrl, branch } = this.config;
    const sha = await readHead(this.#api, branch);
    if (!sha) {
      throw new NotFoundError(
        `${repoUrl} has no branch ${branch}, or the portal isn't allowed to see it`,
      );
    }
    return sha;
  }

  /** All manifests of jobs at a commit. */
  manifestsAt(commit: string): Promise<readonly ManifestFile[]> {
    return readManifests({
      trees: this.#trees,
      commit,
      gitopsPath: this.config.path,
    });
  }

  /** Text of a file's content by its sha. */
  text(sha: string): Promise<string> {
    return this.#files.text(sha);
  }

  /** A job's manifest at a commit or branch, if it is there. */
  manifestOf(
    ref: JobRef,
    at: string = this.config.branch,
  ): Promise<(RepositoryFile & { readonly text: string }) | undefined> {
    return this.#files.at(this.pathOf(ref), at);
  }

  /**
   * Takes the first name of a run that nobody has. A caller that comes again with
   * the same manifests gets the name that it took before.
   *
   * @throws {ConflictError} when all names are taken
   */
  reserveRun<T extends RunManifest>(
    candidates: Iterable<T>,
    options: ProposalOptions = {},
  ): Promise<T> {
    return reserveRun({
      ...options,
      api: this.#api,
      pulls: this.#pulls,
      config: this.config,
      candidates,
    });
  }

  /**
   * Opens the pull request that adds a run's manifest, once.
   * @throws {ConflictError} when the name is taken
   */
  openRun(
    run: RunManifest & { readonly title: string; readonly body: string },
    options: ProposalOptions = {},
  ): Promise<OpenedPullRequest> {
    const { ref, content, title, body } = run;
    return this.propose(
      {
        branch: jobBranch('run', ref),
        changes: [addition(this.pathOf(ref), content)],
        title,
        body,
      },
      options,
    );
  }

  /**
   * Opens the pull request that removes a job's manifest, once: who asks again
   * gets the open one. Only the file at the job's own path can be removed, and
   * only when it holds that job and nothing else.
   *
   * @throws {NotFoundError} when the repository doesn't hold the job
   * @throws {ConflictError} when the file holds anything else
   */
  async removeJob(
    ref: JobRef,
    request: RemovalRequest,
    options: ProposalOptions = {},
  ): Promise<OpenedPullRequest> {
    return removeJob(this, ref, request, options);
  }

  /**
   * Opens the one pull request that removes the manifests of jobs that ended.
   * @returns `undefined` when there is nothing to remove
   */
  cleanUp(
    jobs: readonly EndedJob[],
    options: ProposalOptions = {},
  ): Promise<OpenedPullRequest | undefined> {
    return cleanUp(this, jobs, options);
  }

  /** Deletes branches of runs without a pull request, made before a time. */
  sweepRuns(before: Date, options: ProposalOptions = {}): Promise<void> {
    const [api, pulls] = [this.#api, this.#pulls];
    return sweepRuns({ ...options, api, pulls, before });
  }

  /** Opens the pull request of a change, once. */
  propose(
    proposal: Proposal,
    options: ProposalOptions = {},
  ): Promise<OpenedPullRequest> {
    return openPullRequestOnce({
      ...options,
      ...proposal,
      api: this.#api,
      base: this.config.branch,
      review: this.config.review,
    });
  }

  /**
   * Closes the open pull request of a branch, and deletes the branch.
   * @returns the pull request if it was merged before
   */
  withdraw(
    branch: string,
    options: PatienceOptions = {},
  ): Promise<PullRequest | undefined> {
    const base = this.config.branch;
    return new Patience(options).with(() =>
      withdrawBranch({ api: this.#api, base, branch }),
    );
  }
}
