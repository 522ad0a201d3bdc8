import { InputError, toError } from '@backstage/errors';
import { Octokit } from 'octokit';
import { startGitHost } from '@ml-platform/embedded-githost';
import type { Logger } from '@ml-platform/kube';
import { installWebhook } from './installWebhook';
import type { GitHubOptions } from './options';
import { Ports } from './ports';
import { Secrets } from './secrets';
import { Shutdown } from './Shutdown';

/** The repository that is the source of truth, embedded or on GitHub. */
export interface GitSource {
  /** As `localhost:7008` or `github.com`. */
  readonly host: string;
  readonly apiUrl: string;
  readonly token: string;
  /** The token as the portal's configuration has it: a real one stays out of files. */
  readonly tokenInConfig: string;
  /** Web page of the repository. */
  readonly repositoryUrl: string;
  /** `owner/name` */
  readonly repository: string;
  readonly branch: string;
  /** Seconds between two looks: GitHub counts requests. */
  readonly pollSeconds: number;
  /** The repository as the sync loop's Applications name it, where that is another address. */
  readonly nameInApplications?: string;
  /** Signs the webhooks that the host sends to the portal, if it does. */
  readonly webhookSecret?: string;
  /** Tells of pushes, where it can. */
  readonly onPush?: (callback: () => void) => () => void;
}

/** Starts the embedded Git host with the checkout's content. */
export async function embeddedGit(input: {
  readonly root: string;
  readonly dataDir: string;
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly portalUrl: string;
  readonly logger: Logger;
  readonly shutdown: Shutdown;
}): Promise<GitSource> {
  const { ports, secrets, shutdown } = input;
  const host = await startGitHost({
    port: ports.gitHost,
    dataDir: input.dataDir,
    seedDir: input.root,
    token: secrets.git,
    portalUrl: input.portalUrl,
    logger: input.logger,
  });
  shutdown.add('git host', () => host.close());
  const repository = new URL(host.repositoryUrl).pathname.slice(1);
  await installWebhook({
    apiUrl: host.apiUrl,
    token: secrets.git,
    repository,
    target: `${input.portalUrl}/api/events/http/github`,
    secret: secrets.webhook,
  });
  return {
    host: `localhost:${ports.gitHost}`,
    apiUrl: host.apiUrl,
    token: secrets.git,
    tokenInConfig: secrets.git,
    repositoryUrl: host.repositoryUrl,
    repository,
    branch: 'main',
    pollSeconds: 15,
    // The sync loop knows it by its name, whichever host the Applications say.
    nameInApplications: `https://github.com/${repository}`,
    webhookSecret: secrets.webhook,
    onPush: callback => host.onPush(callback),
  };
}

/**
 * Checks that a repository on GitHub can be used.
 * @throws {InputError} with what to do when it can't
 */
export async function gitHubSource({
  url,
  token,
}: GitHubOptions): Promise<GitSource> {
  const apiUrl =
    url.host === 'github.com'
      ? 'https://api.github.com'
      : `${url.origin}/api/v3`;
  const [owner, repo] = url.pathname.slice(1).split('/');
  const octokit = new Octokit({ auth: token, baseUrl: apiUrl });
  try {
    const { data } = await octokit.rest.repos.get({ owner, repo });
    if (data.permissions && !data.permissions.push) {
      throw new InputError(`GITHUB_TOKEN may not write to ${url.href}.`);
    }
    return {
      host: url.host,
      apiUrl,
      token,
      // eslint-disable-next-line no-template-curly-in-string -- Backstage replaces it
      tokenInConfig: '${GITHUB_TOKEN}',
      repositoryUrl: url.href,
      repository: `${owner}/${repo}`,
      branch: data.default_branch,
      pollSeconds: 15,
    };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `${url.href} couldn't be read: ${toError(error).message}. Check the address, and that GITHUB_TOKEN may read it.`,
    );
  }
}
