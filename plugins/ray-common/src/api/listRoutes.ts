import { z } from 'zod';
import { rayJobReadPermission } from '../permissions';
import { json, STREAMS } from './answers';
import { jobListSchema, jobStreamEvents } from './jobDetailSchemas';
import { jobFacetsSchema, jobsRevisionSchema } from './jobFacetSchemas';
import {
  jobsFilterSchema,
  jobsQuerySchema,
  jobsStreamSchema,
  resumeHeadersSchema,
} from './querySchemas';
import type { RouteContract } from './RouteContract';
import {
  statisticsQuerySchema,
  workloadStatisticsSchema,
} from './statisticsSchemas';

/** The routes that many jobs are read by. */
export const listRoutes = {
  listJobs: {
    method: 'get',
    path: '/jobs',
    summary: 'Read a page of jobs',
    permission: rayJobReadPermission,
    query: jobsQuerySchema,
    answer: json('A page of the jobs that the caller may see', jobListSchema),
  },
  countJobs: {
    method: 'get',
    path: '/jobs/facets',
    summary: 'Count jobs by what they can be filtered by',
    permission: rayJobReadPermission,
    query: jobsFilterSchema,
    answer: json(
      'Values of each field of the jobs that the caller may see',
      jobFacetsSchema,
    ),
  },
  getJobsRevision: {
    method: 'get',
    path: '/jobs/revision',
    summary: 'Ask whether jobs have changed, without reading them',
    permission: rayJobReadPermission,
    answer: json('The revision of the list of jobs', jobsRevisionSchema),
  },
  getWorkloadStatistics: {
    method: 'get',
    path: '/workloads/statistics',
    summary: 'Read how the runs of a workload ended in the last weeks',
    description: 'Counts only runs that the caller may see.',
    permission: rayJobReadPermission,
    query: statisticsQuerySchema,
    answer: json('Figures of the runs', workloadStatisticsSchema),
  },
  streamJobs: {
    method: 'get',
    path: '/jobs/stream',
    summary: 'Follow the list of jobs',
    description:
      'Sends the list once, then each change of a job that matches, also of one that is on a later page. With counts=true it also sends how many there are, at most once a second. Reconnect with the header Last-Event-ID to get what you missed.',
    atOnce: STREAMS,
    permission: rayJobReadPermission,
    query: jobsStreamSchema,
    headers: resumeHeadersSchema,
    answer: {
      status: 200,
      description: 'Server-sent events until the connection closes',
      content: { 'text/event-stream': z.string() },
      events: jobStreamEvents,
    },
  },
} as const satisfies Readonly<Record<string, RouteContract>>;
