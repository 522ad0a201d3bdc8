import { randomUUID } from 'node:crypto';
import type { EventsService } from '@backstage/plugin-events-node';
import type { JobsRepository } from '@ml-platform/gitops';
import { z } from 'zod';
import type { ReviewChange } from './JobReviews';

/** What of GitHub's webhooks changes the jobs that git has. */
const OF_JOBS = ['github.push', 'github.pull_request'];

/** What changes whether a pull request can be merged. */
const OF_REVIEWS = [
  'github.check_run',
  'github.check_suite',
  'github.pull_request',
  'github.pull_request_review',
  'github.status',
];

const commit = z.object({ head_sha: z.string() });

const payload = z.object({
  repository: z.object({ full_name: z.string() }),
  pull_request: z.object({ number: z.number() }).optional(),
  check_run: commit.optional(),
  check_suite: commit.optional(),
  /** Of the status of a commit. */
  sha: z.string().optional(),
});

/**
 * Calls back when a webhook says that the repository, or a pull request's checks or
 * reviews, changed. Backstage's events plugin takes the webhooks and checks their
 * signatures.
 */
export async function listenToGit(options: {
  readonly events: EventsService;
  readonly repository: JobsRepository;
  readonly onChange: () => void;
  readonly onReview: (change: ReviewChange) => void;
}): Promise<void> {
  const { owner, repo } = options.repository.config;
  const name = `${owner}/${repo}`.toLowerCase();
  await options.events.subscribe({
    // An id of its own: backends that share one would share out the events.
    id: `gitops-${randomUUID()}`,
    topics: [...new Set([...OF_JOBS, ...OF_REVIEWS])],
    onEvent: async ({ topic, eventPayload }) => {
      const { data } = payload.safeParse(eventPayload);
      if (data?.repository.full_name.toLowerCase() !== name) {
        return;
      }
      if (OF_JOBS.includes(topic)) {
        options.onChange();
      }
      if (OF_REVIEWS.includes(topic)) {
        const checked = data.check_run ?? data.check_suite;
        options.onReview({
          number: data.pull_request?.number,
          sha: checked?.head_sha ?? data.sha,
        });
      }
    },
  });
}
