import { z } from 'zod';
import {
  rayJobCreatePermission,
  rayJobDeletePermission,
  rayJobReadPermission,
  rayJobStopPermission,
} from '../permissions';
import { ASKS_CLUSTER, changed, json } from './answers';
import {
  actionResultSchema,
  proposeSchema,
  submitHeadersSchema,
  submitSchema,
} from './changeSchemas';
import { clusterRoutes } from './clusterRoutes';
import {
  jobDetailSchema,
  jobEventsSchema,
  jobPodSchema,
} from './jobDetailSchemas';
import { jobRefSchema } from './jobSchemas';
import { listRoutes } from './listRoutes';
import { logRoutes } from './logRoutes';
import { orderRoutes } from './orderRoutes';
import { runQuerySchema } from './querySchemas';
import { imageRoutes } from './imageRoutes';
import type { RouteContract } from './RouteContract';
import { storageRoutes } from './storageRoutes';
import { reviewRoutes } from './reviewRoutes';
import { syncRoutes } from './syncRoutes';

const JOB = '/jobs/{cluster}/{namespace}/{name}';

/**
 * Every route of the HTTP API. The name of each is its operationId in the OpenAPI
 * document, and so the name of the call in a generated client.
 */
export const rayRoutes = {
  getOpenApi: {
    method: 'get',
    path: '/openapi.json',
    summary: 'This document',
    answer: json('An OpenAPI 3.1 document', z.looseObject({})),
  },
  ...clusterRoutes,
  ...listRoutes,
  submitJob: {
    method: 'post',
    path: '/jobs',
    summary: 'Create a job on a cluster, without git',
    atOnce: ASKS_CLUSTER,
    permission: rayJobCreatePermission,
    headers: submitHeadersSchema,
    body: submitSchema,
    answer: {
      status: 201,
      description: 'The job is on its cluster',
      content: { 'application/json': actionResultSchema },
    },
    errors: [404, 409, 422, 503],
  },
  proposeJob: {
    method: 'post',
    path: '/proposals',
    summary: 'Ask for a job by a pull request',
    description:
      'The same job again answers with the first pull request. The job starts once the pull request is merged.',
    atOnce: ASKS_CLUSTER,
    permission: rayJobCreatePermission,
    body: proposeSchema,
    answer: {
      status: 202,
      description: 'The job is proposed in git',
      content: { 'application/json': actionResultSchema },
    },
    errors: [404, 409, 503],
  },
  ...orderRoutes,
  getJob: {
    method: 'get',
    path: JOB,
    summary: 'Read one job',
    permission: rayJobReadPermission,
    params: jobRefSchema,
    query: runQuerySchema,
    answer: json('The job', jobDetailSchema),
  },
  deleteJob: {
    method: 'delete',
    path: JOB,
    summary: 'Delete a job',
    description:
      'If git owns the job, the answer is a pull request that removes its manifest.',
    atOnce: ASKS_CLUSTER,
    permission: rayJobDeletePermission,
    params: jobRefSchema,
    answer: changed,
    errors: [409],
  },
  listJobPods: {
    method: 'get',
    path: `${JOB}/pods`,
    summary: 'List the pods of a job',
    permission: rayJobReadPermission,
    params: jobRefSchema,
    query: runQuerySchema,
    answer: json(
      'Pods of the current attempt',
      z.object({ items: z.array(jobPodSchema) }).meta({ id: 'JobPods' }),
    ),
  },
  listJobEvents: {
    method: 'get',
    path: `${JOB}/events`,
    summary: 'List the Kubernetes events of a job, oldest first',
    permission: rayJobReadPermission,
    params: jobRefSchema,
    query: runQuerySchema,
    answer: json(
      'Events of the job, its Ray cluster and its pods, also of a run that is gone',
      jobEventsSchema,
    ),
  },
  getJobManifest: {
    method: 'get',
    path: `${JOB}/manifest`,
    summary: 'Read the manifest of a job',
    description:
      'Values of environment variables and other credentials are redacted for callers without the permission ray.job.secrets.read, and always once the job is gone from its cluster.',
    atOnce: ASKS_CLUSTER,
    permission: rayJobReadPermission,
    params: jobRefSchema,
    query: runQuerySchema,
    answer: {
      status: 200,
      description: 'The RayJob as YAML',
      content: { 'application/yaml': z.string() },
    },
  },
  ...logRoutes,
  stopJob: {
    method: 'post',
    path: `${JOB}/stop`,
    summary: 'Stop a job',
    description:
      'If git owns the job, the answer is a pull request that removes its manifest.',
    atOnce: ASKS_CLUSTER,
    permission: rayJobStopPermission,
    params: jobRefSchema,
    answer: changed,
    errors: [409],
  },
  retryJob: {
    method: 'post',
    path: `${JOB}/retry`,
    summary: 'Run a job again under a new name',
    atOnce: ASKS_CLUSTER,
    permission: rayJobCreatePermission,
    params: jobRefSchema,
    answer: changed,
    errors: [409, 422],
  },
  ...reviewRoutes,
  ...syncRoutes,
  ...storageRoutes,
  ...imageRoutes,
} as const satisfies Readonly<Record<string, RouteContract>>;
