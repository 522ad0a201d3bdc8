import { isTerminal, type JobSummary } from '@ml-platform/rayjob';

/**
 * What a job waits for: to start, for the pull request that brings it, or for the one
 * that proposes to stop or to delete it.
 */
export const WAITS = ['wait', 'merge', 'change'] as const;

export type Wait = (typeof WAITS)[number];

/**
 * Since when a job waits for something, as ISO 8601; `undefined` where it doesn't. A
 * later attempt's wait to start is no news, and another run has a row of its own.
 */
export function waitingSince(job: JobSummary, wait: Wait): string | undefined {
  const { state, attempt, createdAt, gitops } = job;
  switch (wait) {
    case 'wait':
      return (state === 'queued' || state === 'pending') && attempt === 1
        ? createdAt
        : undefined;
    case 'merge':
      return state === 'awaiting-merge' ? createdAt : undefined;
    default: {
      const { verb, merged, createdAt: since } = gitops?.pendingChange ?? {};
      // Manifests of jobs that ended are cleaned up whenever it suits.
      const over = merged || isTerminal(state);
      return verb === 'retry' || over ? undefined : since;
    }
  }
}
