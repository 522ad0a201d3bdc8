import { z } from 'zod';
import { clusterSummarySchema } from './clusterSchemas';
import type { Described } from './describes';
import { timeSchema } from './jobSchemas';
import { rayClusterSummarySchema } from './rayClusterSchemas';

const localQueueSchema = z
  .object({
    namespace: z.string(),
    name: z.string(),
    stopped: z.boolean().meta({
      description: 'True while it lets no job go',
    }),
    ordered: z.boolean().meta({
      description: 'False where Kueue orders by usage, without positions',
    }),
    waiting: z.number(),
    admitted: z.number().meta({ description: 'Jobs that have their quota' }),
  })
  .meta({ id: 'LocalQueue' });

const queuedSchema = z
  .object({
    position: z.number(),
    priority: z.number(),
    createdAt: timeSchema,
    job: z
      .object({ namespace: z.string(), name: z.string() })
      .optional()
      .meta({ description: 'Absent where the caller may not see it' }),
  })
  .meta({ id: 'QueuedJob' });

export const clusterQueueSchema = z
  .object({
    name: z.string(),
    localQueues: z.array(localQueueSchema),
    next: z.array(queuedSchema).meta({
      description: 'The first that wait, in the order in which they are tried',
    }),
  })
  .meta({ id: 'ClusterQueue', description: 'A ClusterQueue of Kueue' });
export type ClusterQueue = Described<typeof clusterQueueSchema>;

/** Answer of `GET /clusters/{name}`. */
export const clusterDetailSchema = clusterSummarySchema
  .omit({ jobs: true })
  .extend({
    kueue: z.enum(['present', 'absent', 'unknown']),
    queues: z.array(clusterQueueSchema),
    rayClusters: z.array(rayClusterSummarySchema).meta({
      description: 'Those that no job made, at most 100',
    }),
    rayClustersError: z.string().optional().meta({
      description: 'Why they may not all be there',
    }),
  })
  .meta({ id: 'ClusterDetail' });
export type ClusterDetail = Described<typeof clusterDetailSchema>;

/** The events of `GET /clusters/{name}/stream`, by name. */
export const clusterStreamEvents = { cluster: clusterDetailSchema } as const;
