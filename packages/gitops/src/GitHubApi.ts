import { InputError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  type ScmIntegrationRegistry,
} from '@backstage/integration';
import { Octokit } from 'octokit';

/** Milliseconds that GitHub may take for an answer. */
const TIMEOUT = 10_000;

interface Cached<T> {
  readonly etag: string;
  readonly value: T;
}

/** HTTP status of an error of octokit. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error &&
    'status' in error &&
    typeof error.status === 'number'
    ? error.status
    : undefined;
}

/**
 * GitHub's REST API with the credentials of Backstage's own integration, which
 * renew themselves for a GitHub App.
 */
export class GitHubApi {
  private readonly etags = new Map<string, Cached<unknown>>();

  constructor(
    private readonly options: {
      readonly repoUrl: string;
      readonly integrations: ScmIntegrationRegistry;
    },
  ) {}

  /** Reads by ETag: what did not change since is answered from memory. */
  async cached<T>(
    key: string,
    read: (
      octokit: Octokit,
      headers: Record<string, string>,
    ) => Promise<{ etag?: string; value: T }>,
  ): Promise<T> {
    const known = this.etags.get(key) as Cached<T> | undefined;
    try {
      const { etag, value } = await read(
        await this.octokit(),
        known ? { 'if-none-match': known.etag } : {},
      );
      if (etag) {
        this.etags.set(key, { etag, value });
      }
      return value;
    } catch (error) {
      if (known && statusOf(error) === 304) {
        return known.value;
      }
      throw error;
    }
  }

  /** A client with credentials of this moment. */
  async octokit(): Promise<Octokit> {
    const { repoUrl, integrations } = this.options;
    const integration = integrations.github.byUrl(repoUrl);
    if (!integration) {
      throw new InputError(
        `No GitHub integration matches ${repoUrl}; add one under integrations.github`,
      );
    }
    const { token } = await DefaultGithubCredentialsProvider.fromIntegrations(
      integrations,
    ).getCredentials({ url: repoUrl });
    return new Octokit({
      auth: token,
      baseUrl: integration.config.apiBaseUrl,
      // The poll is the retry; a request that waits would hold it up.
      retry: { enabled: false },
      throttle: { enabled: false },
      request: {
        fetch: (url: string, init: RequestInit) =>
          fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT) }),
      },
    });
  }
}
