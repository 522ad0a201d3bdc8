import type {
  DashboardLink,
  RayClusterGroup,
  RayClusterSummary,
} from '@ml-platform/rayjob';
import { z } from 'zod';
import { describes, type Described } from './describes';
import { jobResourcesSchema, timeSchema, workersSchema } from './jobSchemas';

export const dashboardLinkSchema = describes<DashboardLink>()(
  z.object({ title: z.string(), url: z.string() }).meta({
    id: 'DashboardLink',
    description: 'A page outside of the portal',
  }),
);

/** How far the first reading of a cluster's jobs is. */
export const readingProgressSchema = z
  .object({
    read: z.number().meta({ description: 'Jobs so far' }),
    total: z.number().optional().meta({
      description: 'Jobs in all, where the cluster tells',
    }),
  })
  .meta({
    id: 'ReadingProgress',
    description: "Present while a cluster's jobs are read for the first time",
  });
export type ReadingProgress = Described<typeof readingProgressSchema>;

/** Answer of `GET /clusters`: one for each cluster. */
export const clusterSummarySchema = z
  .object({
    name: z.string(),
    title: z.string(),
    reachable: z.boolean().meta({
      description:
        'False, with the cause in error, until all its jobs are read, and while it is down',
    }),
    version: z.string().optional().meta({
      description: 'Kubernetes version, for example v1.34.4',
    }),
    jobs: z.number().meta({ description: 'RayJobs that the caller may see' }),
    lastEventAt: timeSchema.optional(),
    error: z.string().optional(),
    progress: readingProgressSchema.optional(),
    dashboards: z.array(dashboardLinkSchema).optional(),
  })
  .meta({ id: 'ClusterSummary' });
export type ClusterSummary = Described<typeof clusterSummarySchema>;

export const clusterStatusSchema = z
  .object({
    name: z.string(),
    ok: z.boolean().meta({
      description:
        'False where the list may lack jobs of it, or shows them as they were',
    }),
    error: z.string().optional(),
    progress: readingProgressSchema.optional(),
  })
  .meta({ id: 'ClusterStatus' });
export type ClusterStatus = Described<typeof clusterStatusSchema>;

export const rayClusterGroupSchema = describes<RayClusterGroup>()(
  z
    .object({
      name: z.string(),
      replicas: z.number(),
      min: z.number(),
      max: z.number(),
    })
    .meta({ id: 'RayClusterGroup', description: 'One group of workers' }),
);

export const rayClusterSummarySchema = describes<RayClusterSummary>()(
  z
    .object({
      cluster: z.string(),
      namespace: z.string(),
      name: z.string(),
      uid: z.string(),
      createdAt: timeSchema,
      state: z.string().optional(),
      reason: z.string().optional(),
      rayVersion: z.string().optional(),
      job: z.string().optional().meta({
        description: 'Name of the RayJob that made it',
      }),
      autoscaling: z.boolean(),
      groups: z.array(rayClusterGroupSchema),
      workers: workersSchema,
      resources: jobResourcesSchema,
    })
    .meta({ id: 'RayClusterSummary' }),
);

/** Answer of `GET /rayclusters`. */
export const rayClusterListSchema = z
  .object({
    items: z.array(rayClusterSummarySchema),
    clusters: z.array(clusterStatusSchema),
  })
  .meta({ id: 'RayClusterList' });
export type RayClusterList = Described<typeof rayClusterListSchema>;
