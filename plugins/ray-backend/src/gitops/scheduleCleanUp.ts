import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { EndedJob, JobsRepository } from '@ml-platform/gitops';
import type { JobIndex } from '../jobs/JobIndex';
import type { CleanUpConfig } from './readCleanUp';

/** Milliseconds for which a branch waits for the pull request of its task. */
const BRANCH_WAITS = 24 * 60 * 60_000;

const ENDED = new Set(['succeeded', 'failed', 'stopped']);

/** Jobs on clusters that ended before a time. */
export function endedBefore(index: JobIndex, time: Date): EndedJob[] {
  const latest = time.toISOString();
  return [...index.all()].flatMap(job => {
    const { state, endedAt } = job;
    return ENDED.has(state) && endedAt && endedAt < latest && index.getLive(job)
      ? [{ ref: job, state, endedAt }]
      : [];
  });
}

/**
 * Has one of all backends propose from time to time that the manifests of jobs that
 * ended long ago are removed, and delete branches that tasks left behind.
 */
export async function scheduleCleanUp(options: {
  readonly config: CleanUpConfig;
  readonly scheduler: SchedulerService;
  readonly repository: JobsRepository;
  readonly index: JobIndex;
  readonly logger: LoggerService;
  readonly clock: () => Date;
}): Promise<void> {
  const { config, scheduler, repository, index, logger, clock } = options;
  await scheduler.scheduleTask({
    id: 'ray-clean-up-manifests',
    frequency: config.frequency,
    initialDelay: { minutes: 5 },
    timeout: { minutes: 15 },
    scope: 'global',
    fn: async signal => {
      const ago = (ms: number) => new Date(clock().getTime() - ms);
      const watched = {
        signal,
        onProgress: (message: string) =>
          logger.info(`Clean-up of manifests: ${message}`),
      };
      await repository.sweepRuns(ago(BRANCH_WAITS), watched);
      const pull = await repository.cleanUp(
        endedBefore(index, ago(config.afterMs)),
        watched,
      );
      if (pull?.created) {
        logger.info(
          `Proposed to remove manifests of jobs that ended: ${pull.url}`,
        );
      }
    },
  });
}
