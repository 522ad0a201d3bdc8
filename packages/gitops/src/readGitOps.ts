import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { DEFAULT_GITOPS_PATH } from './manifestPath';

/** The repository that is the source of truth for jobs. */
export interface GitOpsConfig {
  /** Web page of the repository; its integration gives API and credentials. */
  readonly repoUrl: string;
  readonly owner: string;
  readonly repo: string;
  readonly branch: string;
  /** Folder of the GitOps tree inside the repository. */
  readonly path: string;
  readonly pollSeconds: number;
}

/** `undefined` when jobs do not come from git. */
export function readGitOps(root: Config): GitOpsConfig | undefined {
  const config = root.getOptionalConfig('ray.gitops');
  if (!config) {
    return undefined;
  }
  const repoUrl = config.getString('repoUrl').replace(/(\.git)?\/*$/, '');
  const [owner, repo, ...more] = new URL(repoUrl).pathname
    .split('/')
    .filter(Boolean);
  if (!owner || !repo || more.length > 0) {
    throw new InputError(
      `ray.gitops.repoUrl '${repoUrl}' is no repository; write it as https://github.com/owner/repo`,
    );
  }
  return {
    repoUrl,
    owner,
    repo,
    branch: config.getOptionalString('branch') ?? 'main',
    path: config.getOptionalString('path') ?? DEFAULT_GITOPS_PATH,
    pollSeconds: config.getOptionalNumber('pollSeconds') ?? 15,
  };
}
