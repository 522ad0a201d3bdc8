import {
  JOB_STATES,
  type JobGitOps,
  type JobPendingChange,
  type JobQueue,
  type JobRef,
  type JobResources,
  type JobState,
  type JobSummary,
  type JobWorkers,
} from '@ml-platform/rayjob';
import { z } from 'zod';
import { describes } from './describes';

/** A moment, ISO 8601 in UTC; empty where the cluster doesn't tell. */
export const timeSchema = z
  .string()
  .meta({ description: 'ISO 8601 in UTC', examples: ['2026-11-23T21:06:21Z'] });

export const jobStateSchema = describes<JobState>()(
  z.enum(JOB_STATES).meta({ id: 'JobState' }),
);

const refFields = {
  cluster: z.string().min(1).meta({ description: 'Name of the cluster' }),
  namespace: z.string().min(1).meta({ description: 'Kubernetes namespace' }),
  name: z.string().min(1).meta({ description: 'Name of the object' }),
};

export const jobRefSchema = describes<JobRef>()(
  z.object(refFields).meta({ id: 'JobRef' }),
);

export const jobResourcesSchema = describes<JobResources>()(
  z
    .object({
      cpu: z.number().meta({ description: 'milliCPU' }),
      memory: z.number().meta({ description: 'Bytes' }),
      gpu: z.number().meta({ description: 'Whole GPUs' }),
      accelerators: z.record(z.string(), z.number()).meta({
        description: 'Devices by the name of their extended resource',
      }),
    })
    .meta({
      id: 'JobResources',
      description: 'What the head and the desired workers ask for together',
    }),
);

export const workersSchema = describes<JobWorkers>()(
  z
    .object({
      desired: z.number(),
      ready: z.number(),
      min: z.number().optional(),
      max: z.number().optional(),
    })
    .meta({ id: 'JobWorkers', description: 'Worker pods of a Ray cluster' }),
);

export const jobPendingChangeSchema = describes<JobPendingChange>()(
  z
    .object({
      verb: z.enum(['stop', 'delete', 'retry']),
      pullRequestUrl: z.string(),
      createdAt: timeSchema
        .optional()
        .meta({ description: 'When the pull request was opened' }),
      merged: z.boolean().optional(),
    })
    .meta({
      id: 'JobPendingChange',
      description: 'A change that is proposed in git and not carried out yet',
    }),
);

export const jobGitOpsSchema = describes<JobGitOps>()(
  z
    .object({
      pullRequestUrl: z.string().optional(),
      mergedAt: timeSchema
        .optional()
        .meta({ description: 'When that pull request was merged' }),
      path: z
        .string()
        .meta({ description: 'Path of the manifest in the jobs repository' }),
      manifestUrl: z.string().optional(),
      taskId: z.string().optional(),
      sourceCommit: z.string().optional(),
      pendingChange: jobPendingChangeSchema.optional(),
    })
    .meta({ id: 'JobGitOps', description: 'Where the job stands in git' }),
);

export const jobQueueSchema = describes<JobQueue>()(
  z
    .object({
      name: z.string().meta({ description: 'Name of the LocalQueue' }),
      clusterQueue: z.string().optional(),
      position: z.number().optional().meta({
        description: 'From 1, among all that waits in the ClusterQueue',
      }),
    })
    .meta({ id: 'JobQueue', description: 'Place in a Kueue queue' }),
);

export const jobSummarySchema = describes<JobSummary>()(
  z
    .object({
      ...refFields,
      uid: z.string(),
      workload: z.string().optional(),
      version: z.string().optional(),
      image: z.string().optional(),
      owner: z.string().optional().meta({
        description: 'Entity reference of the person who asked for the job',
      }),
      state: jobStateSchema,
      reason: z.string().optional(),
      message: z.string().optional(),
      createdAt: timeSchema,
      startedAt: timeSchema.optional(),
      endedAt: timeSchema.optional(),
      attempt: z.number(),
      entrypoint: z.string().optional(),
      resources: jobResourcesSchema,
      workers: workersSchema,
      manager: z.string().optional().meta({
        description:
          'The controller that looks after the job in the place of KubeRay',
      }),
      queue: jobQueueSchema.optional(),
      gitops: jobGitOpsSchema.optional(),
    })
    .meta({ id: 'JobSummary', description: 'One row of the job list' }),
);
