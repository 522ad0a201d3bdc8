import { rayJobCreatePermission } from '../permissions';
import { ASKS_CLUSTER, json } from './answers';
import {
  jobOptionsSchema,
  jobOrderSchema,
  jobPreviewSchema,
  workloadParametersSchema,
  workloadQuerySchema,
} from './orderSchemas';
import type { RouteContract } from './RouteContract';

/** Routes about jobs that nobody has asked for yet. */
export const orderRoutes = {
  getWorkloadParameters: {
    method: 'get',
    path: '/workloads/parameters',
    summary: 'Read the parameters of a workload',
    description:
      'From its parameters.schema.json in git. Finds only workloads that the caller may see in the catalog.',
    atOnce: ASKS_CLUSTER,
    query: workloadQuerySchema,
    answer: json('What the workload takes', workloadParametersSchema),
    errors: [404],
  },
  getJobOptions: {
    method: 'get',
    path: '/job-options',
    summary: 'Read what a new job can be chosen from',
    description:
      'Clusters and namespaces in which the caller may create jobs, sizes and kinds of GPUs.',
    permission: rayJobCreatePermission,
    answer: json('The choices', jobOptionsSchema),
  },
  previewJob: {
    method: 'post',
    path: '/jobs/preview',
    summary: 'Render a job without creating anything',
    description:
      'Held to the same permission and policy as a job that is created, and refused with the same reason.',
    atOnce: ASKS_CLUSTER,
    permission: rayJobCreatePermission,
    body: jobOrderSchema,
    answer: json('The job as it would be created', jobPreviewSchema),
    errors: [404, 503],
  },
} as const satisfies Readonly<Record<string, RouteContract>>;
