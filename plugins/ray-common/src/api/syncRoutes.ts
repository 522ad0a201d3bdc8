import { z } from 'zod';
import { rayJobReadPermission, rayJobSyncPermission } from '../permissions';
import { ASKS_CLUSTER, STREAMS } from './answers';
import { jobRefSchema } from './jobSchemas';
import type { RouteContract } from './RouteContract';
import { jobSyncSchema, syncStreamEvents } from './syncSchemas';

const SYNC = '/jobs/{cluster}/{namespace}/{name}/sync';

/** Routes about the sync of jobs by Argo CD. */
export const syncRoutes = {
  syncJob: {
    method: 'post',
    path: SYNC,
    summary: 'Ask Argo CD to sync a job now',
    description:
      "Syncs this job alone: files of other jobs neither hold it up nor are applied. The answer comes before the sync has ended; follow it with the job's sync stream.",
    atOnce: ASKS_CLUSTER,
    permission: rayJobSyncPermission,
    params: jobRefSchema,
    answer: {
      status: 202,
      description: 'Argo CD is asked',
      content: { 'application/json': jobSyncSchema },
    },
    errors: [404, 409, 503],
  },
  streamJobSync: {
    method: 'get',
    path: `${SYNC}/stream`,
    summary: "Follow what Argo CD says of a job's file",
    description: 'Sends the state at once, then each time that it changes.',
    atOnce: STREAMS,
    permission: rayJobReadPermission,
    params: jobRefSchema,
    answer: {
      status: 200,
      description: 'Server-sent events until the connection closes',
      content: { 'text/event-stream': z.string() },
      events: syncStreamEvents,
    },
    errors: [404],
  },
} as const satisfies Readonly<Record<string, RouteContract>>;
