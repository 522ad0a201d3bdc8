import type { RayClusterGroup, RayClusterSummary } from '@ml-platform/rayjob';
import { z } from 'zod';
import { clusterStatusSchema } from './clusterSchemas';
import { describes, type Described } from './describes';
import { jobResourcesSchema, timeSchema, workersSchema } from './jobSchemas';

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

export const rayClusterSummarySchema = describes<
  RayClusterSummary & { readonly application?: string }
>()(
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
      application: z.string().optional().meta({
        description: "Name of Argo CD's Application that it belongs to",
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
