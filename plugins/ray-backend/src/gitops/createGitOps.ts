import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { GitHubAccess } from '@ml-platform/backstage-plugin-ray-node';
import { JobsRepository, readGitOps } from '@ml-platform/gitops';
import type { Clusters } from '../clusters/Clusters';
import type { JobIndex } from '../jobs/JobIndex';
import { GitOps } from './GitOps';
import { GitOpsWatcher } from './GitOpsWatcher';

export interface CreateGitOpsOptions {
  readonly config: Config;
  readonly logger: LoggerService;
  readonly index: JobIndex;
  readonly clusters: Clusters;
  readonly clock: () => Date;
}

/** The repository that owns jobs, where one is configured. */
export function createGitOps(options: CreateGitOpsOptions) {
  const { index, clusters, logger, clock } = options;
  const config = readGitOps(options.config.getOptional('ray.gitops'));
  if (!config) {
    return undefined;
  }
  const github = GitHubAccess.fromConfig(options.config);
  const repository = new JobsRepository({
    config,
    connect: () => github.connect(config.repoUrl),
    clock,
  });
  const watcher = new GitOpsWatcher({
    repository,
    index,
    logger,
    isSynced: cluster => clusters.isSynced(cluster),
    onStatus: () => clusters.notify(),
  });
  return { watcher, gitops: new GitOps({ repository, watcher }) };
}
