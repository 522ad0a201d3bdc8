import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JobsRepository } from '@ml-platform/gitops';

/**
 * Takes back what a cancelled task pushed, and says so.
 * @throws {Error} when something is left behind; says what
 */
export async function takeBack(options: {
  readonly repository: JobsRepository;
  readonly branch: string;
  readonly logger: LoggerService;
}): Promise<void> {
  const { repository, branch, logger } = options;
  try {
    await repository.withdraw(branch);
  } catch (error) {
    throw new Error(
      `The task was cancelled, but its branch ${branch} in ${repository.config.repoUrl} couldn't be taken back; close its pull request and delete it by hand`,
      { cause: error },
    );
  }
  logger.info(
    `The task was cancelled: its branch ${branch} is deleted, and no pull request of it is open`,
  );
}
