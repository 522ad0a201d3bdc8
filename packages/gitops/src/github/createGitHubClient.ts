import { Octokit } from 'octokit';

/** Milliseconds that GitHub may take for an answer. */
const TIMEOUT = 10_000;

/** Where GitHub's REST API is, and who calls it. */
export interface GitHubConnection {
  /** For example `https://api.github.com`. */
  readonly apiBaseUrl: string;
  /** Absent for public repositories only. */
  readonly token?: string;
}

/**
 * Gives the connection of this moment. It is asked before each round of
 * requests, because a GitHub App's tokens live for an hour.
 */
export type ConnectGitHub = () => Promise<GitHubConnection>;

/** Statuses that the same request gets again, however often it is sent. */
const FINAL = [400, 401, 403, 404, 409, 410, 422, 429, 451];

/**
 * A client that keeps to a time limit, and never waits for the rate limit:
 * whoever calls it knows better when to try again.
 */
export function createGitHubClient(
  { apiBaseUrl, token }: GitHubConnection,
  options: {
    readonly signal?: AbortSignal;
    /** Times that a request is sent again after GitHub failed; 0 by default. */
    readonly retries?: number;
  } = {},
): Octokit {
  const { signal, retries = 0 } = options;
  return new Octokit({
    auth: token,
    baseUrl: apiBaseUrl,
    retry: { enabled: retries > 0, retries, doNotRetry: FINAL },
    throttle: { enabled: false },
    request: {
      fetch: (url: string, init: RequestInit) =>
        fetch(url, {
          ...init,
          signal: AbortSignal.any([
            AbortSignal.timeout(TIMEOUT),
            ...(signal ? [signal] : []),
          ]),
        }),
    },
  });
}
