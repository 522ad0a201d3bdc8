import type { LoggerService } from '@backstage/backend-plugin-api';
import type { GitOpsConfig } from '../config';
import {
  type GitHubAccess,
  openPullRequestOnce,
  type PullRequest,
  type PullRequestRequest,
} from '@ml-platform/gitops';

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
 * Opens the one pull request of a task in the GitOps repository, or finds it,
 * and tells of it in the action's outputs. A dry run only says what it would
 * do, and gets undefined.
 *
 * @throws as {@link openPullRequestOnce}
 */
export async function openTaskPullRequest(
  ctx: TaskContext,
  options: {
    readonly github: GitHubAccess;
    readonly gitops: GitOpsConfig;
    readonly branch: string;
    /** Path of what it adds, for people. */
    readonly adds: string;
    /** What merging it does, as `start the job`. */
    readonly purpose: string;
    /** Called only where it is not a dry run. */
    readonly propose: () => Promise<
      Pick<PullRequestRequest, 'files' | 'title' | 'body'>
    >;
  },
): Promise<PullRequest | undefined> {
  const { github, gitops, branch, adds, purpose, propose } = options;
  const { logger, signal } = ctx;
  ctx.output('branch', branch);
  if (ctx.isDryRun) {
    logger.info(
      `Dry run: would open a pull request that adds ${adds} to ${gitops.repoUrl}`,
    );
    ctx.output('pullRequestUrl', `${gitops.repoUrl}/pulls`);
    ctx.output('pullRequestNumber', 0);
    ctx.output('created', false);
    return undefined;
  }

  const proposal = await propose();
  const { octokit, location } = await github.open(gitops.repoUrl, signal);
  const pull = await openPullRequestOnce({
    ...proposal,
    octokit,
    owner: location.owner,
    repo: location.repo,
    base: gitops.branch,
    branch,
    logger,
  });
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
