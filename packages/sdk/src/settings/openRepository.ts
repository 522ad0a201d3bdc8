import type { JobsRepository } from '@ml-platform/gitops';
import type { GitSettings } from './PlatformSettings';

/** Address of the REST API of a repository on github.com. */
const GITHUB_API = 'https://api.github.com';

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
  const { repository: repoUrl, branch, path, apiUrl } = git;
  const config = gitops.readGitOps({
    repoUrl,
    ...(branch && { branch }),
    ...(path && { path }),
  });
  if (!config) {
    throw new TypeError('A section of settings is always read');
  }
  const { origin, hostname } = new URL(config.repoUrl);
  // GitHub Enterprise Server has its API under the same host.
  const enterprise = `${origin}/api/v3`;
  return new gitops.JobsRepository({
    config,
    connect: async () => ({
      apiBaseUrl:
        apiUrl ?? (hostname === 'github.com' ? GITHUB_API : enterprise),
      token: git.token ?? env.GITHUB_TOKEN ?? env.GH_TOKEN,
    }),
    retries: 2,
  });
}
