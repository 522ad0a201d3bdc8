import { z } from 'zod';
import type { Described } from './describes';

const reviewCheckSchema = z
  .object({
    name: z.string(),
    state: z.enum(['passed', 'failed', 'running']),
    url: z.string().optional().meta({ description: 'Web page of the check' }),
    result: z.string().optional().meta({
      description:
        "How it ended, where that says more than the state, for example 'timed out'",
    }),
  })
  .meta({ id: 'ReviewCheck' });

const names = (description: string) =>
  z.array(z.string()).meta({ description });

/** Checks and reviews of the pull request that a job waits for. */
export const jobReviewSchema = z
  .object({
    pullRequest: z.object({ url: z.string(), number: z.number() }),
    state: z.enum(['ready', 'waiting', 'blocked', 'unknown']).meta({
      description:
        "ready: it can be merged; waiting: for checks or reviews; blocked: somebody has to change something; unknown: GitHub hasn't found out, or can't be asked",
    }),
    waitsFor: z
      .string()
      .meta({ description: 'What it waits for, in a sentence' }),
    autoMerge: z.boolean().optional().meta({
      description:
        'GitHub merges it by itself once all that it requires is there',
    }),
    checks: z.array(reviewCheckSchema).optional().meta({
      description:
        'Checks of its last commit, failed ones first; absent where the portal may not read them',
    }),
    approvedBy: names('Who approved it, by their names on GitHub'),
    changesRequestedBy: names('Who asked for changes'),
    askedFor: names('Users and teams whose review is still asked for'),
    problem: z
      .string()
      .optional()
      .meta({ description: 'Why nothing newer is known' }),
  })
  .meta({
    id: 'JobReview',
    description: 'Checks and reviews of the pull request that a job waits for',
  });
export type JobReview = Described<typeof jobReviewSchema>;
export type ReviewCheck = Described<typeof reviewCheckSchema>;

/** The events of `GET /jobs/{cluster}/{namespace}/{name}/review/stream`, by name. */
export const reviewStreamEvents = { review: jobReviewSchema } as const;
