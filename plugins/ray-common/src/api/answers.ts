import type { z } from 'zod';
import { actionResultSchema } from './changeSchemas';

/** Open requests of one user that each ask a cluster or a repository. */
export const ASKS_CLUSTER = 20;

/** Open streams of one user about jobs. */
export const STREAMS = 100;

/** Answers with a body of JSON. */
export const json = <Schema extends z.ZodType>(
  description: string,
  schema: Schema,
) => ({
  status: 200 as const,
  description,
  content: { 'application/json': schema },
});

/** Answers how a change of a job was carried out. */
export const changed = {
  status: 202,
  description: 'Done on the cluster, or proposed in git',
  content: { 'application/json': actionResultSchema },
} as const;
