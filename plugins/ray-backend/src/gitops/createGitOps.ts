import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import type { Clusters } from '../clusters/Clusters';
import { readGitOps, GitHubRepo } from '@ml-platform/gitops';
import type { JobIndex } from '../jobs/JobIndex';
import { GitOps } from './GitOps';
import { GitOpsWatcher } from './GitOpsWatcher';

export interface CreateGitOpsOptions {
  readonly config: Config;
  readonly logger: LoggerService;
  readonly index: JobIndex;
  readonly clusters: Clusters;
}

/** The repository that owns jobs, where one is configured. */
export function createGitOps(options: CreateGitOpsOptions) {
  const config = readGitOps(options.config);
  if (!config) {
    return undefined;
  }
  const { index, clusters, logger } = options;
  const repo = new GitHubRepo({
    config,
    integrations: ScmIntegrations.fromConfig(options.config),
    logger,
  });
  const watcher = new GitOpsWatcher({
    config,
    repo,
    index,
    logger,
    isSynced: cluster => clusters.isSynced(cluster),
    onStatus: () => clusters.notify(),
  });
  return { watcher, gitops: new GitOps({ config, repo, watcher }) };
}
