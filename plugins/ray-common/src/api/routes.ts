import { z } from 'zod';
import {
  rayClusterReadPermission,
  rayClusterScalePermission,
  rayJobCreatePermission,
  rayJobDeletePermission,
  rayJobReadPermission,
  rayJobStopPermission,
  rayLogReadPermission,
} from '../permissions';
import { changed, json } from './answers';
import {
  actionResultSchema,
  proposeSchema,
  scaledSchema,
  scaleSchema,
  submitHeadersSchema,
  submitSchema,
} from './changeSchemas';
import { clusterSummarySchema, rayClusterListSchema } from './clusterSchemas';
import {
  jobDetailSchema,
  jobEventSchema,
  jobListSchema,
  jobPodSchema,
  jobStreamEvents,
} from './jobDetailSchemas';
import { jobRefSchema } from './jobSchemas';
import { logStreamEvents } from './logSchemas';
import {
  jobsQuerySchema,
  logsQuerySchema,
  resumeHeadersSchema,
  runQuerySchema,
} from './querySchemas';
import type { RouteContract } from './RouteContract';

/** Open requests of one user that each ask a cluster or the jobs repository. */
const ASKS_CLUSTER = 20;
/** Open streams of one user. */
const STREAMS = 100;

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
  listClusters: {
    method: 'get',
    path: '/clusters',
    summary: 'List the clusters that hold jobs',
    permission: rayClusterReadPermission,
    answer: json('All clusters', z.array(clusterSummarySchema)),
  },
  listJobs: {
    method: 'get',
    path: '/jobs',
    summary: 'Read a page of jobs',
    permission: rayJobReadPermission,
    query: jobsQuerySchema,
    answer: json('A page of the jobs that the caller may see', jobListSchema),
  },
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
  streamJobs: {
    method: 'get',
    path: '/jobs/stream',
    summary: 'Follow the list of jobs',
    description:
      'Sends the list once, then each change. Reconnect with the header Last-Event-ID to get what you missed.',
    atOnce: STREAMS,
    permission: rayJobReadPermission,
    query: jobsQuerySchema,
    headers: resumeHeadersSchema,
    answer: {
      status: 200,
      description: 'Server-sent events until the connection closes',
      content: { 'text/event-stream': z.string() },
      events: jobStreamEvents,
    },
  },
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
    atOnce: ASKS_CLUSTER,
    permission: rayJobReadPermission,
    params: jobRefSchema,
    query: runQuerySchema,
    answer: json(
      'Events of the job, its Ray cluster and its pods',
      z.object({ items: z.array(jobEventSchema) }).meta({ id: 'JobEvents' }),
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
  readJobLog: {
    method: 'get',
    path: `${JOB}/logs`,
    summary: 'Read a log of a job',
    description:
      'Answers plain lines, or server-sent events to a request that accepts only those.',
    permission: rayLogReadPermission,
    params: jobRefSchema,
    query: logsQuerySchema,
    headers: resumeHeadersSchema,
    answer: {
      status: 200,
      description: 'The log; with follow=true also what is written from now on',
      content: { 'text/plain': z.string(), 'text/event-stream': z.string() },
      events: logStreamEvents,
    },
    errors: [410, 429],
  },
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
