import { GitRepository } from '../emulated/GitRepository';
import { Actor, Upstream } from '../emulated/Upstream';
import { PullRequest } from './PullRequests';

/** The fields of GitHub's review that we read. */
export interface Review {
  readonly user: { readonly login: string } | null;
  readonly state: string;
}

/** The fields of GitHub's check run that we read. */
export interface CheckRun {
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
}

export type Verdict = 'APPROVE' | 'REQUEST_CHANGES';

const PASSED = ['success', 'neutral', 'skipped'];

/** Reviews and checks of pull requests. No branch requires any of them. */
export class Reviews {
  readonly #repository: GitRepository;
  readonly #upstream: Upstream;

  constructor(options: {
    readonly repository: GitRepository;
    readonly upstream: Upstream;
  }) {
    this.#repository = options.repository;
    this.#upstream = options.upstream;
  }

  /** Reviews, the first one first; at most a hundred. */
  of({ number }: PullRequest): Promise<Review[]> {
    return this.#repository.get(`/pulls/${number}/reviews?per_page=100`);
  }

  /** The latest run of each check of the head. */
  async checks({ head }: PullRequest): Promise<readonly CheckRun[]> {
    const { check_runs: runs } = await this.#repository.get<{
      check_runs: CheckRun[];
    }>(`/commits/${head.sha}/check-runs`);
    return runs;
  }

  /** True when all checks of the head have passed, also where there are none. */
  async havePassed(pull: PullRequest): Promise<boolean> {
    const runs = await this.checks(pull);
    return runs.every(({ conclusion }) => PASSED.includes(conclusion ?? ''));
  }

  /** Says what somebody thinks of a pull request. */
  async submit(
    { number }: PullRequest,
    event: Verdict,
    actor: Actor,
  ): Promise<void> {
    const path = `/repos/${this.#repository.fullName}/pulls/${number}/reviews`;
    await this.#upstream.send(path, { method: 'POST', body: { event }, actor });
  }
}
