import type { DashboardLink } from '@ml-platform/rayjob';
import { z } from 'zod';
import { kubeRaySchema, nodesSchema } from './capacitySchemas';
import { describes, type Described } from './describes';
import { timeSchema } from './jobSchemas';

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
    reachableSince: timeSchema.optional().meta({
      description:
        'As far back as this portal knows; absent while the cluster is not reachable',
    }),
    lastEventAt: timeSchema.optional(),
    kuberay: kubeRaySchema.optional(),
    nodes: nodesSchema.optional(),
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
