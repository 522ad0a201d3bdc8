import { z } from 'zod';
import { rayJobReadPermission } from '../permissions';
import { STREAMS } from './answers';
import { jobRefSchema } from './jobSchemas';
import { reviewStreamEvents } from './reviewSchemas';
import type { RouteContract } from './RouteContract';

/** Routes about the pull requests that jobs wait for. */
export const reviewRoutes = {
  streamJobReview: {
    method: 'get',
    path: '/jobs/{cluster}/{namespace}/{name}/review/stream',
    summary: 'Follow the checks and reviews of the pull request of a job',
    description:
      'Of the pull request that brings the job, or that stops or deletes it. Sends the state at once, then each time that it changes.',
    atOnce: STREAMS,
    permission: rayJobReadPermission,
    params: jobRefSchema,
    answer: {
      status: 200,
      description: 'Server-sent events until the connection closes',
      content: { 'text/event-stream': z.string() },
      events: reviewStreamEvents,
    },
    errors: [404],
  },
} as const satisfies Readonly<Record<string, RouteContract>>;
