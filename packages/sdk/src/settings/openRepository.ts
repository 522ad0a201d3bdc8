import type { JobsRepository } from '@ml-platform/gitops';
import type { GitSettings } from './PlatformSettings';

/** Address of the REST API of a repository on github.com. */
const GITHUB_API = 'https://api.github.com';

/** The token for a repository, of the settings or the environment. */
export function gitToken(
  { token }: GitSettings,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  return token ?? env.GITHUB_TOKEN ?? env.GH_TOKEN;
}

/**
 * Address of the REST API of a repository's host.
 * @throws {TypeError} for a repository whose address is none
 */
export function gitHubApi({ repository, apiUrl }: GitSettings): string {
  const { origin, hostname } = new URL(repository);
  // GitHub Enterprise Server has its API under the same host.
  return (
    apiUrl ?? (hostname === 'github.com' ? GITHUB_API : `${origin}/api/v3`)
  );
}

/**
 * The repository that jobs come from.
 * @throws {InputError} for an address that is none
 */
export async function openRepository(
  git: GitSettings,
  env: Readonly<Record<string, string | undefined>>,
): Promise<JobsRepository> {
  // Its client of GitHub takes long to load, and most commands don't need it.
  const gitops = await import('@ml-platform/gitops');
  const { repository: repoUrl, branch, path } = git;
  const config = gitops.readGitOps({
    repoUrl,
    ...(branch && { branch }),
    ...(path && { path }),
  });
  if (!config) {
    throw new TypeError('A section of settings is always read');
  }
  return new gitops.JobsRepository({
    config,
    connect: async () => ({
      apiBaseUrl: gitHubApi(git),
      token: gitToken(git, env),
    }),
    retries: 2,
  });
}
