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

/**
 * A client that never waits on its own: whoever calls it knows better when to
 * try again.
 */
export function createGitHubClient(
  { apiBaseUrl, token }: GitHubConnection,
  signal?: AbortSignal,
): Octokit {
  return new Octokit({
    auth: token,
    baseUrl: apiBaseUrl,
    retry: { enabled: false },
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
