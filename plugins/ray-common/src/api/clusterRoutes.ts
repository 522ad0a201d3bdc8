import { z } from 'zod';
import {
  rayClusterReadPermission,
  rayClusterScalePermission,
} from '../permissions';
import { ASKS_CLUSTER, json } from './answers';
import { scaledSchema, scaleSchema } from './changeSchemas';
import {
  clusterDetailSchema,
  clusterStreamEvents,
} from './clusterDetailSchemas';
import { clusterSummarySchema } from './clusterSchemas';
import { jobRefSchema } from './jobSchemas';
import { rayClusterListSchema } from './rayClusterSchemas';
import type { RouteContract } from './RouteContract';

/** Open streams of one user. */
const STREAMS = 50;

const clusterRefSchema = z.object({ name: z.string() });

/** Routes about clusters and Ray clusters. */
export const clusterRoutes = {
  listClusters: {
    method: 'get',
    path: '/clusters',
    summary: 'List the clusters that hold jobs',
    permission: rayClusterReadPermission,
    answer: json('All clusters', z.array(clusterSummarySchema)),
  },
  getCluster: {
    method: 'get',
    path: '/clusters/{name}',
    summary: 'Read what a cluster has, what is free, and what waits',
    permission: rayClusterReadPermission,
    params: clusterRefSchema,
    answer: json('The cluster', clusterDetailSchema),
    errors: [404],
  },
  streamCluster: {
    method: 'get',
    path: '/clusters/{name}/stream',
    summary: 'Follow what a cluster has, what is free, and what waits',
    description:
      'Sends the cluster at once, then when it changes, at most once a second.',
    atOnce: STREAMS,
    permission: rayClusterReadPermission,
    params: clusterRefSchema,
    answer: {
      status: 200,
      description: 'Server-sent events until the connection closes',
      content: { 'text/event-stream': z.string() },
      events: clusterStreamEvents,
    },
    errors: [404],
  },
  listRayClusters: {
    method: 'get',
    path: '/rayclusters',
    summary: 'List the Ray clusters, newest first',
    permission: rayClusterReadPermission,
    answer: json('All Ray clusters', rayClusterListSchema),
  },
  scaleRayCluster: {
    method: 'patch',
    path: '/rayclusters/{cluster}/{namespace}/{name}',
    summary: 'Set the number of workers of one group',
    atOnce: ASKS_CLUSTER,
    permission: rayClusterScalePermission,
    params: jobRefSchema,
    body: scaleSchema,
    answer: {
      status: 202,
      description: 'The number is set',
      content: { 'application/json': scaledSchema },
    },
    errors: [404, 422, 503],
  },
} as const satisfies Readonly<Record<string, RouteContract>>;
