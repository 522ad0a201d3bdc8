import type {
  JobAttempt,
  JobCondition,
  JobContainer,
  JobEvent,
  JobPod,
  LogSource,
} from '@ml-platform/rayjob';
import { z } from 'zod';
import { freeAmountsSchema } from './capacitySchemas';
import { clusterStatusSchema, dashboardLinkSchema } from './clusterSchemas';
import { describes, type Described } from './describes';
import { jobCountsSchema } from './jobFacetSchemas';
import {
  jobGitOpsSchema,
  jobRefSchema,
  jobStateSchema,
  jobSummarySchema,
  timeSchema,
} from './jobSchemas';
import { jobReviewSchema } from './reviewSchemas';
import { jobSyncSchema } from './syncSchemas';

export const jobAttemptSchema = describes<JobAttempt>()(
  z
    .object({
      attempt: z.number(),
      jobId: z
        .string()
        .optional()
        .meta({ description: 'Id of the run in Ray' }),
      rayCluster: z.string().optional(),
      startedAt: timeSchema
        .optional()
        .meta({ description: 'When its Ray cluster began to start' }),
      entrypointStartedAt: timeSchema.optional().meta({
        description:
          'When Ray started the entrypoint; absent where it never did, and where nobody saw it',
      }),
      head: z
        .object({
          scheduledAt: timeSchema
            .optional()
            .meta({ description: 'When the pod was given its node' }),
          startedAt: timeSchema
            .optional()
            .meta({ description: 'When its first container started' }),
        })
        .optional()
        .meta({
          description:
            "What the head's pod said; absent where nobody saw it, and mostly of the current attempt, whose pods tell it",
        }),
      endedAt: timeSchema.optional(),
      state: jobStateSchema,
      reason: z.string().optional(),
    })
    .meta({ id: 'JobAttempt', description: 'One try of a job' }),
);

export const jobConditionSchema = describes<JobCondition>()(
  z
    .object({
      type: z.string(),
      status: z.enum(['True', 'False', 'Unknown']),
      reason: z.string().optional(),
      message: z.string().optional(),
      lastTransitionTime: timeSchema.optional(),
    })
    .meta({ id: 'JobCondition' }),
);

export const jobContainerSchema = describes<JobContainer>()(
  z
    .object({
      name: z.string(),
      image: z.string(),
      ready: z.boolean(),
      restartCount: z.number(),
      state: z.enum(['waiting', 'running', 'terminated']),
      reason: z.string().optional(),
      exitCode: z.number().optional(),
    })
    .meta({ id: 'JobContainer' }),
);

export const jobPodSchema = describes<JobPod>()(
  z
    .object({
      name: z.string(),
      role: z.enum(['submitter', 'head', 'worker']),
      group: z.string().optional(),
      node: z.string().optional(),
      phase: z.string(),
      createdAt: timeSchema,
      scheduledAt: timeSchema.optional(),
      startedAt: timeSchema.optional(),
      reason: z.string().optional(),
      message: z.string().optional(),
      containers: z.array(jobContainerSchema),
    })
    .meta({ id: 'JobPod' }),
);

export const jobEventSchema = describes<JobEvent>()(
  z
    .object({
      type: z.enum(['Normal', 'Warning']),
      reason: z.string(),
      message: z.string(),
      count: z.number(),
      firstSeen: timeSchema,
      lastSeen: timeSchema,
      object: z.object({ kind: z.string(), name: z.string() }),
    })
    .meta({ id: 'JobEvent', description: 'A Kubernetes event' }),
);

export const jobEventsSchema = z
  .object({
    items: z.array(jobEventSchema),
    olderLeftOut: z
      .boolean()
      .optional()
      .meta({ description: 'True where there were more, before these' }),
  })
  .meta({ id: 'JobEvents' });

export type JobEvents = Described<typeof jobEventsSchema>;

export const logSourceSchema = describes<LogSource>()(
  z
    .object({
      id: z.string().meta({ description: 'Value of the parameter source' }),
      title: z.string(),
      kind: z.enum(['driver', 'merged', 'container']),
      restartCount: z.number().optional().meta({
        description:
          'How often the container was restarted, which is whether previous finds a log; absent where it never was, and for other logs',
      }),
    })
    .meta({ id: 'LogSource', description: 'One readable log' }),
);

/** Answer of `GET /jobs`. */
export const jobListSchema = z
  .object({
    items: z.array(jobSummarySchema),
    total: z.number().meta({
      description: "Number that the filter and the caller's permissions allow",
    }),
    nextCursor: z.string().optional(),
    clusters: z.array(clusterStatusSchema),
  })
  .meta({ id: 'JobList' });
export type JobList = Described<typeof jobListSchema>;

/** A job that was deleted before another was created under its name. */
export const earlierRunSchema = jobSummarySchema
  .pick({ uid: true, state: true, createdAt: true, endedAt: true })
  .meta({ id: 'EarlierRun' });
export type EarlierRun = Described<typeof earlierRunSchema>;

/** Answer of `GET /jobs/{cluster}/{namespace}/{name}`. */
export const jobDetailSchema = z
  .object({
    summary: jobSummarySchema,
    pods: z.array(jobPodSchema),
    attempts: z.array(jobAttemptSchema),
    conditions: z.array(jobConditionSchema),
    gitops: jobGitOpsSchema.optional(),
    review: jobReviewSchema.optional().meta({
      description:
        'Checks and reviews of the open pull request that the job waits for; absent where it waits for none',
    }),
    sync: jobSyncSchema.optional().meta({
      description:
        "What Argo CD says of the job's file; absent for a job that isn't on the main branch, and where the portal doesn't ask Argo CD",
    }),
    earlierRuns: z.array(earlierRunSchema).optional().meta({
      description:
        'Runs that had the name before, the last first; read one with uid',
    }),
    entrypoint: z.string().optional().meta({
      description:
        'All of it, as it was typed; absent where the manifest of the job is not known',
    }),
    logSources: z.array(logSourceSchema),
    warnings: z.array(z.string()).optional().meta({
      description: 'What is wrong with how the job was written',
    }),
    live: z
      .boolean()
      .meta({ description: 'True while the RayJob is on its cluster' }),
    free: freeAmountsSchema.optional().meta({
      description:
        'What its cluster has free; only of a job that no node has room for, where the caller may see clusters',
    }),
    dashboards: z.array(dashboardLinkSchema).optional(),
  })
  .meta({ id: 'JobDetail' });
export type JobDetail = Described<typeof jobDetailSchema>;

/** Data of the event `remove` of `GET /jobs/stream`. */
export const removedJobSchema = jobRefSchema
  .extend({ uid: z.string() })
  .meta({ id: 'RemovedJob' });

/** Data of the server-sent events of `GET /jobs/stream`, by event name. */
export const jobStreamEvents = {
  snapshot: jobListSchema,
  counts: jobCountsSchema,
  upsert: jobSummarySchema,
  remove: removedJobSchema,
  clusters: z.array(clusterStatusSchema).meta({ id: 'ClusterStatuses' }),
};
