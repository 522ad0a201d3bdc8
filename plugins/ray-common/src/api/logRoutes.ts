import { z } from 'zod';
import { rayLogReadPermission } from '../permissions';
import { json } from './answers';
import { jobRefSchema } from './jobSchemas';
import {
  logLinesEvents,
  logLinesQuerySchema,
  logLinesSchema,
  logLinesStreamQuerySchema,
  logSearchEvents,
  logSearchQuerySchema,
} from './logLineSchemas';
import { logStreamEvents } from './logSchemas';
import { logsQuerySchema, resumeHeadersSchema } from './querySchemas';
import type { RouteContract } from './RouteContract';

const LOGS = '/jobs/{cluster}/{namespace}/{name}/logs';

const NUMBERS =
  'A line has the same number while it is written and later, in every portal. Each attempt, and each start of a container, begins at 1. Merged logs (all) are numbered as they were read: lasting is false.';

/** Routes about the logs of a job. */
export const logRoutes = {
  readJobLog: {
    method: 'get',
    path: LOGS,
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
  readJobLogLines: {
    method: 'get',
    path: `${LOGS}/lines`,
    summary: 'Read lines of a log by their numbers, or from a time on',
    description: `Waits for a log that is still being read, but not for long: with the state reading, ask again. ${NUMBERS}`,
    permission: rayLogReadPermission,
    params: jobRefSchema,
    query: logLinesQuerySchema,
    answer: json('The lines, and what there is of the log', logLinesSchema),
    errors: [410, 429],
  },
  followJobLogLines: {
    method: 'get',
    path: `${LOGS}/lines/stream`,
    summary: 'Follow a log by its numbers',
    description: `Says how far the log is, with the latest lines, ten times a second at most. Of a log that grows faster, the lines between can be read by their numbers. ${NUMBERS}`,
    permission: rayLogReadPermission,
    params: jobRefSchema,
    query: logLinesStreamQuerySchema,
    answer: {
      status: 200,
      description: 'What there is of the log, whenever it has grown',
      content: { 'text/event-stream': z.string() },
      events: logLinesEvents,
    },
    errors: [410, 429],
  },
  searchJobLog: {
    method: 'get',
    path: `${LOGS}/search`,
    summary: 'Search all lines of a log',
    description: `Counts all lines that match, and tells of the first ones. ${NUMBERS}`,
    permission: rayLogReadPermission,
    params: jobRefSchema,
    query: logSearchQuerySchema,
    answer: {
      status: 200,
      description: 'What is found, while it is found',
      content: { 'text/event-stream': z.string() },
      events: logSearchEvents,
    },
    errors: [410, 429],
  },
} as const satisfies Readonly<Record<string, RouteContract>>;
