import type { z } from 'zod';
import { actionResultSchema } from './changeSchemas';

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
