import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
  type GithubCredentialsProvider,
  type ScmIntegrationRegistry,
} from '@backstage/integration';
import {
  createGitHubClient,
  parseRepositoryUrl,
  type GitHubConnection,
  type RepositoryUrl,
} from '@ml-platform/gitops';
import type { Octokit } from 'octokit';

/** Times that a request is sent again after GitHub failed. */
const RETRIES = 2;

/** A client for the host of a repository, and what its address says. */
export interface GitHubRepository {
  readonly octokit: Octokit;
  readonly location: RepositoryUrl;
}

/**
 * Reaches GitHub with the credentials (app or token) of `integrations.github`,
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
   * With the hosts of a configuration.
   * @throws {Error} when the section `integrations` is wrong
   */
  static fromConfig(config: Config): GitHubAccess {
    return new GitHubAccess({
      integrations: ScmIntegrations.fromConfig(config),
    });
  }

  /**
   * The host of a repository, with credentials of this moment.
   * @throws {InputError} when it isn't on a configured GitHub host
   */
  async connect(url: string): Promise<GitHubConnection> {
    const integration = this.#integrations.github.byUrl(url);
    const apiBaseUrl = integration?.config.apiBaseUrl;
    if (!apiBaseUrl) {
      throw new InputError(
        `${parseRepositoryUrl(url).origin} isn't a GitHub host of this portal, and no other kind is supported here; add it to integrations.github`,
      );
    }
    const { token } = await this.#credentials.getCredentials({ url });
    return { apiBaseUrl, token };
  }

  /**
   * The repository that a web address lies in.
   * @throws {InputError} when it isn't on a configured GitHub host
   */
  async open(url: string, signal?: AbortSignal): Promise<GitHubRepository> {
    const location = parseRepositoryUrl(url);
    const connection = await this.connect(url);
    return {
      location,
      octokit: createGitHubClient(connection, { signal, retries: RETRIES }),
    };
  }
}
