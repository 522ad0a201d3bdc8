import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { EventsService } from '@backstage/plugin-events-node';
import { GitHubAccess } from '@ml-platform/backstage-plugin-ray-node';
import { JobsRepository, readGitOps } from '@ml-platform/gitops';
import type { Clusters } from '../clusters/Clusters';
import type { JobIndex } from '../jobs/JobIndex';
import { GitOps } from './GitOps';
import { GitOpsWatcher } from './GitOpsWatcher';
import { JobReviews } from './JobReviews';
import { listenToGit } from './listenToGit';
import { readCleanUp } from './readCleanUp';
import { scheduleCleanUp } from './scheduleCleanUp';

export interface CreateGitOpsOptions {
  readonly config: Config;
  readonly events: EventsService;
  readonly logger: LoggerService;
  readonly scheduler: SchedulerService;
  readonly index: JobIndex;
  readonly clusters: Clusters;
  readonly clock: () => Date;
}

/** The repository that owns jobs, where one is configured. */
export function createGitOps(options: CreateGitOpsOptions) {
  const { events, index, clusters, logger, clock } = options;
  const config = readGitOps(options.config.getOptional('ray.gitops'));
  if (!config) {
    return undefined;
  }
  const cleanUp = readCleanUp(options.config);
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
  const reviews = new JobReviews({
    repository,
    openPull: url => watcher.openPull(url),
    onEnded: () => watcher.lookAgain(),
    clock,
  });
  return {
    gitops: new GitOps({ repository, watcher }),
    reviews,
    /** Begins to learn of changes by webhooks, and to clean up. */
    async start() {
      await listenToGit({
        events,
        repository,
        onChange: () => watcher.lookAgain(),
        onReview: change => reviews.noteChange(change),
      });
      if (cleanUp) {
        await scheduleCleanUp({ ...options, config: cleanUp, repository });
      }
    },
    watcher,
  };
}
