import { isError, ServiceUnavailableError } from '@backstage/errors';
import { LRUCache } from 'lru-cache';
import type { Octokit } from 'octokit';
import { createGitHubClient, type ConnectGitHub } from './createGitHubClient';
import { RateLimit } from './RateLimit';
import { hasStatus, statusOf } from './requestErrors';

/** Answers that are kept to ask whether they changed. */
const MOST_ANSWERS = 2_000;

/** What was read, and GitHub's mark of it. */
interface Answer<T = unknown> {
  readonly data: T;
  readonly headers: { readonly etag?: string };
}

/** What each call to a repository needs. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** One repository's REST API: with credentials of this moment, within the rate limit. */
export class GitHubApi {
  readonly name: RepositoryName;
  readonly limit: RateLimit;
  readonly #connect: ConnectGitHub;
  readonly #retries: number | undefined;
  readonly #answers = new LRUCache<string, Answer>({ max: MOST_ANSWERS });
  #client: { readonly key: string; readonly octokit: Octokit } | undefined;

  constructor(options: {
    readonly name: RepositoryName;
    readonly connect: ConnectGitHub;
    readonly clock: () => Date;
    readonly retries?: number;
  }) {
    this.name = options.name;
    this.#connect = options.connect;
    this.#retries = options.retries;
    this.limit = new RateLimit(options);
  }

  /**
   * A client for the calls of this moment.
   * @throws {RateLimitError} when GitHub asked to wait
   */
  async octokit(): Promise<Octokit> {
    this.limit.check();
    const connection = await this.#connect();
    const key = JSON.stringify(connection);
    if (this.#client?.key !== key) {
      const octokit = createGitHubClient(connection, {
        retries: this.#retries,
      });
      octokit.hook.wrap('request', async (request, options) => {
        this.limit.check();
        try {
          const response = await request(options);
          this.limit.note(response.headers, response.status);
          return response;
        } catch (error) {
          throw this.#isLimit(error)
            ? this.limit.error
            : this.#explained(error, options.method);
        }
      });
      this.#client = { key, octokit };
    }
    return this.#client.octokit;
  }

  /**
   * Reads by ETag: GitHub answers what did not change with 304, which does not
   * count against the rate limit, and the answer comes from memory.
   */
  async unlessUnchanged<T>(
    key: string,
    read: (
      octokit: Octokit,
      headers: Record<string, string>,
    ) => Promise<Answer<T>>,
  ): Promise<T> {
    const known = this.#answers.get(key) as Answer<T> | undefined;
    const etag = known?.headers.etag;
    try {
      const answer = await read(
        await this.octokit(),
        etag ? { 'if-none-match': etag } : {},
      );
      this.#answers.set(key, answer);
      return answer.data;
    } catch (error) {
      if (known && hasStatus(error, 304)) {
        return known.data;
      }
      throw error;
    }
  }

  /**
   * Says what to do about an error that no caller can do anything about. GitHub's
   * own status stays out of it: a 401 of GitHub is none of whoever calls us.
   */
  #explained(error: unknown, method: string): unknown {
    const status = statusOf(error);
    // GitHub answers 404 to a change that the caller isn't allowed to make.
    const refused = status === 404 && ['POST', 'PATCH'].includes(method);
    if (!isError(error) || (!refused && hasStatus(error, 304, 404, 409, 422))) {
      return error;
    }
    const repository = `${this.name.owner}/${this.name.repo}`;
    const sentences: Record<number, string> = {
      401: `GitHub doesn't accept the credentials for ${repository}; correct integrations.github`,
      403: `GitHub doesn't allow this in ${repository}`,
      404: `GitHub doesn't let the portal change ${repository}; give its app or token the right to write`,
    };
    const sentence =
      sentences[status ?? 0] ?? `Couldn't reach GitHub for ${repository}`;
    if (error instanceof ServiceUnavailableError) {
      return error;
    }
    const explained = new ServiceUnavailableError(
      `${sentence}: ${error.message}`,
    );
    // Backstage's constructor would say the cause once more.
    return Object.assign(explained, { cause: error });
  }

  /** Notes what a refusal says of the limit; true when the limit was its reason. */
  #isLimit(error: unknown): boolean {
    const status = statusOf(error);
    if (status === undefined || !isError(error)) {
      return false;
    }
    const response = error.response as
      { readonly headers?: Record<string, string> } | undefined;
    return this.limit.note(response?.headers ?? {}, status, error.message);
  }
}
