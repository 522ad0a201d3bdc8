import { isError } from '@backstage/errors';
import { LRUCache } from 'lru-cache';
import type { Octokit } from 'octokit';
import { createGitHubClient, type ConnectGitHub } from './createGitHubClient';
import { RateLimit } from './RateLimit';
import { hasStatus, statusOf } from './requestErrors';

/** Answers that are kept to ask whether they changed. */
const MOST_ANSWERS = 100;

interface Answer {
  readonly data: unknown;
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
   * @throws {ServiceUnavailableError} when GitHub asked to wait
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
          this.#noteFailure(error);
          throw error;
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
  async unlessUnchanged<T extends Answer>(
    key: string,
    read: (octokit: Octokit, headers: Record<string, string>) => Promise<T>,
  ): Promise<T['data']> {
    const known = this.#answers.get(key);
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

  #noteFailure(error: unknown): void {
    const status = statusOf(error);
    if (status === undefined || !isError(error)) {
      return;
    }
    const response = error.response as
      { readonly headers?: Record<string, string> } | undefined;
    this.limit.note(response?.headers ?? {}, status, error.message);
  }
}
