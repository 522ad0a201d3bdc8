import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JobsRepository } from '@ml-platform/gitops';
import { PATIENCE_MS } from './patience';

/**
 * Takes back what a cancelled task pushed, and says so.
 * @throws {Error} when something is left behind, or was merged before; says what
 */
export async function takeBack(options: {
  readonly repository: JobsRepository;
  readonly branch: string;
  /** What to do about what was merged before, for example `stop the job at URL`. */
  readonly undo: string;
  readonly logger: LoggerService;
}): Promise<void> {
  const { repository, branch, undo, logger } = options;
  const merged = await repository
    .withdraw(branch, {
      patienceMs: PATIENCE_MS,
      onProgress: message => logger.info(message),
    })
    .catch(error => {
      throw new Error(
        `The task was cancelled, but its branch ${branch} in ${repository.config.repoUrl} couldn't be taken back; close its pull request and delete it by hand`,
        { cause: error },
      );
    });
  if (merged) {
    throw new Error(
      `The task was cancelled, but ${merged.url} had been merged before; ${undo}`,
    );
  }
  logger.info(
    `The task was cancelled: its branch ${branch} is deleted, and no pull request of it is open`,
  );
}
