import { InputError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  type GithubCredentialsProvider,
  type ScmIntegrationRegistry,
} from '@backstage/integration';
import { Octokit } from 'octokit';
import { parseRepositoryUrl, type RepositoryUrl } from './repositoryUrl';

/** A client for the host of a repository, and what its address says. */
export interface GitHubRepository {
  readonly octokit: Octokit;
  readonly location: RepositoryUrl;
}

/**
 * Opens clients with the credentials (app or token) of `integrations.github`,
 * so that a host is configured once for the whole of Backstage.
 */
export class GitHubAccess {
  readonly #integrations: ScmIntegrationRegistry;
  readonly #credentials: GithubCredentialsProvider;

  constructor(options: { readonly integrations: ScmIntegrationRegistry }) {
    this.#integrations = options.integrations;
    this.#credentials = DefaultGithubCredentialsProvider.fromIntegrations(
      options.integrations,
    );
  }

  /**
   * The repository that a web address lies in.
   * @throws InputError where it is not on a configured GitHub host
   */
  async open(url: string, signal?: AbortSignal): Promise<GitHubRepository> {
    const location = parseRepositoryUrl(url);
    const integration = this.#integrations.github.byUrl(url);
    if (!integration) {
      throw new InputError(
        `${location.origin} is no GitHub host of this portal, and no other kind is supported here; add it to integrations.github`,
      );
    }
    const { token } = await this.#credentials.getCredentials({ url });
    return {
      location,
      octokit: new Octokit({
        auth: token,
        baseUrl: integration.config.apiBaseUrl,
        request: { signal },
        // A task makes a handful of calls; spacing them out only delays it.
        throttle: { enabled: false },
      }),
    };
  }
}
