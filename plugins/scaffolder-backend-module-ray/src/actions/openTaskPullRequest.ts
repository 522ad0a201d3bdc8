import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  JobsRepository,
  OpenedPullRequest,
  Proposal,
} from '@ml-platform/gitops';
import { checkNotCancelled } from './cancelled';
import { PATIENCE_MS } from './patience';
import { takeBack } from './takeBack';

/** What the actions tell of a task's pull request. */
interface PullRequestOutput {
  readonly pullRequestUrl: string;
  readonly pullRequestNumber: number;
  readonly branch: string;
  readonly created: boolean;
}

/** The part of an action's context that opening a pull request needs. */
interface TaskContext {
  readonly isDryRun?: boolean;
  readonly logger: LoggerService;
  readonly signal?: AbortSignal;
  output<K extends keyof PullRequestOutput>(
    name: K,
    value: PullRequestOutput[K],
  ): void;
}

/**
 * Opens the one pull request of a task in the jobs repository, or finds it, and
 * tells of it in the action's outputs. A dry run only says what it would do, and
 * gets `undefined`. A task that is cancelled meanwhile takes back what it did.
 *
 * @throws {ConflictError} when the files exist, or the branch holds another change
 * @throws {Error} when the task was cancelled
 */
export async function openTaskPullRequest(
  ctx: TaskContext,
  options: {
    readonly repository: JobsRepository;
    readonly branch: string;
    /** Path of what it adds, for people. */
    readonly adds: string;
    /** What merging it does, for example `start the job`. */
    readonly purpose: string;
    /** What undoes the merge, for example `stop the job at URL`. */
    readonly undo: string;
    /** Called unless it is a dry run. */
    readonly propose: () => Promise<Omit<Proposal, 'branch'>>;
    /** Milliseconds that a cancel may take to arrive. */
    readonly cancelTakesMs: number;
  },
): Promise<OpenedPullRequest | undefined> {
  const { repository, branch, adds, purpose, undo } = options;
  const { propose, cancelTakesMs } = options;
  const { logger, signal } = ctx;
  const { repoUrl } = repository.config;
  ctx.output('branch', branch);
  if (ctx.isDryRun) {
    logger.info(
      `Dry run: would open a pull request that adds ${adds} to ${repoUrl}`,
    );
    ctx.output('pullRequestUrl', `${repoUrl}/pulls`);
    ctx.output('pullRequestNumber', 0);
    ctx.output('created', false);
    return undefined;
  }

  let pull: OpenedPullRequest | undefined;
  try {
    const proposal = await propose();
    await checkNotCancelled(cancelTakesMs, signal);
    pull = await repository.propose(
      { ...proposal, branch },
      {
        signal,
        patienceMs: PATIENCE_MS,
        onProgress: message => logger.info(message),
      },
    );
    if (pull.created) {
      await checkNotCancelled(cancelTakesMs, signal);
    }
  } catch (error) {
    if (!signal?.aborted) {
      throw error;
    }
    if (!pull || pull.created) {
      await takeBack({ repository, branch, undo, logger });
    }
    throw new Error('The task was cancelled', { cause: error });
  }
  logger.info(
    pull.state === 'open'
      ? `Merge ${pull.url} to ${purpose}`
      : `${pull.url} is ${pull.state}`,
  );
  ctx.output('pullRequestUrl', pull.url);
  ctx.output('pullRequestNumber', pull.number);
  ctx.output('created', pull.created);
  return pull;
}
