import { isError } from '@backstage/errors';
import type { Octokit } from 'octokit';
import type { GitHubApi } from '../github/GitHubApi';
import { hasStatus } from '../github/requestErrors';
import { toPullRequest, type PullRequest } from '../read/PullRequestReader';
import {
  checkOfRun,
  checkOfStatus,
  inOrder,
  type MergeCheck,
} from './mergeCheck';
import { mergeOutlook, type MergeOutlook } from './mergeOutlook';
import { verdictsOf, type ReviewData, type Verdicts } from './verdicts';

const PAGE = 100;
/** Pages of reviews that are read. */
const MOST_PAGES = 5;

/** Checks and reviews of an open pull request, and what it waits for. */
export interface PullRequestReview extends MergeOutlook, Verdicts {
  readonly pull: PullRequest;
  /** GitHub merges it by itself once all that it requires is there. */
  readonly autoMerge: boolean;
  /** At most 200, failed ones first; absent where the portal may not read them. */
  readonly checks?: readonly MergeCheck[];
}

type Headers = Readonly<Record<string, string>>;

/** Reads what decides about the merge of a pull request, by ETags. */
export class ReviewReader {
  readonly #api: GitHubApi;

  constructor(options: { readonly api: GitHubApi }) {
    this.#api = options.api;
  }

  /**
   * Costs four requests, which don't count against the rate limit while nothing changed.
   * @returns `undefined` when the pull request is no longer open
   * @throws {ServiceUnavailableError} when GitHub can't be asked
   */
  async read(number: number): Promise<PullRequestReview | undefined> {
    const facts = await this.#facts(number);
    if (facts.pull.state !== 'open') {
      return undefined;
    }
    const { pull, asked, ...rest } = facts;
    const [reviews, checks] = await Promise.all([
      this.#reviews(number),
      this.#checks(pull.headSha),
    ]);
    const verdicts = verdictsOf(reviews, asked);
    return {
      pull,
      autoMerge: rest.autoMerge,
      checks,
      ...verdicts,
      ...mergeOutlook({ ...rest, ...verdicts, checks }),
    };
  }

  #facts(number: number) {
    return this.#api.unlessUnchanged(
      `pull/${number}`,
      async (octokit, headers) => {
        const answer = await octokit.rest.pulls.get({
          ...this.#api.name,
          pull_number: number,
          headers,
        });
        const { data } = answer;
        return {
          headers: { etag: answer.headers.etag },
          data: {
            pull: toPullRequest(data),
            base: data.base.ref,
            // It is told again once GitHub has found out.
            mergeableState:
              data.mergeable === null ? 'unknown' : data.mergeable_state,
            draft: data.draft ?? false,
            autoMerge: data.auto_merge !== null,
            asked: {
              users: (data.requested_reviewers ?? []).map(({ login }) => login),
              teams: (data.requested_teams ?? []).map(({ slug }) => slug),
            },
          },
        };
      },
    );
  }

  async #reviews(number: number): Promise<readonly ReviewData[]> {
    const found: ReviewData[] = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const reviews = await this.#api.unlessUnchanged(
        `reviews/${number}/${page}`,
        async (octokit, headers) => {
          const answer = await octokit.rest.pulls.listReviews({
            ...this.#api.name,
            pull_number: number,
            per_page: PAGE,
            page,
            headers,
          });
          return {
            headers: { etag: answer.headers.etag },
            data: answer.data.map(({ user, state }) => ({
              user: user && { login: user.login },
              state,
            })),
          };
        },
      );
      found.push(...reviews);
      if (reviews.length < PAGE) {
        break;
      }
    }
    return found;
  }

  /** Both kinds of checks; absent where one of them may not be read. */
  async #checks(sha: string): Promise<readonly MergeCheck[] | undefined> {
    const [runs, statuses] = await Promise.all([
      this.#permitted(`runs/${sha}`, async (octokit, headers) => {
        const answer = await octokit.rest.checks.listForRef({
          ...this.#api.name,
          ref: sha,
          per_page: PAGE,
          headers,
        });
        const data = answer.data.check_runs.map(checkOfRun);
        return { headers: { etag: answer.headers.etag }, data };
      }),
      this.#permitted(`statuses/${sha}`, async (octokit, headers) => {
        const answer = await octokit.rest.repos.getCombinedStatusForRef({
          ...this.#api.name,
          ref: sha,
          per_page: PAGE,
          headers,
        });
        const data = answer.data.statuses.map(checkOfStatus);
        return { headers: { etag: answer.headers.etag }, data };
      }),
    ]);
    return runs && statuses && inOrder([...runs, ...statuses]);
  }

  /** Reads by ETag what an app or a token may have no permission for. */
  async #permitted<T>(
    key: string,
    read: (
      octokit: Octokit,
      headers: Headers,
    ) => Promise<{ readonly data: T; readonly headers: { etag?: string } }>,
  ): Promise<T | undefined> {
    try {
      return await this.#api.unlessUnchanged(key, read);
    } catch (error) {
      if (isError(error) && hasStatus(error.cause, 403)) {
        return undefined;
      }
      throw error;
    }
  }
}
