import { NotFoundError } from '@backstage/errors';
import { rayRoutes } from '@ml-platform/backstage-plugin-ray-common';
import type { JobReviews } from '../gitops/JobReviews';
import type { Jobs } from '../jobs/Jobs';
import type { ApiRouter } from './ApiRouter';
import { followState } from './followState';

export interface ReviewRoutesOptions {
  readonly jobs: Jobs;
  /** Absent where no repository owns jobs. */
  readonly reviews?: JobReviews;
  /** Aborts when the backend stops: streams end, so that it can. */
  readonly closing: AbortSignal;
}

/** Checks and reviews of the pull requests that jobs wait for. */
export function addReviewRoutes(
  api: ApiRouter,
  { jobs, reviews, closing }: ReviewRoutesOptions,
): void {
  api.stream(
    rayRoutes.streamJobReview,
    async ({ caller, params }, response) => {
      let job = await jobs.require(params, caller);
      if (!reviews || !(await reviews.of(job))) {
        throw new NotFoundError(
          `${job.name} doesn't wait for a pull request to be merged`,
        );
      }
      const leave = reviews.follow(job);
      try {
        await followState(response, {
          event: 'review',
          closing,
          read: () => reviews.of(job),
          waitFor: (ms, signal) => reviews.waitFor(job, ms, signal),
          recheck: async () => {
            job = await jobs.require(params, caller);
          },
        });
      } finally {
        leave();
      }
    },
  );
}
