import { z } from 'zod';
import type { Described } from './describes';
import { timeSchema } from './jobSchemas';

export const statisticsQuerySchema = z.object({
  workload: z.string().min(1).max(255),
  weeks: z.coerce.number().int().min(1).max(26).default(8).meta({
    description: 'Number of weeks, the current one included',
  }),
});

const outcomeFields = {
  succeeded: z.number(),
  failed: z.number(),
  stopped: z.number(),
};

const timeSpreadSchema = z
  .object({
    runs: z.number().meta({ description: 'Number of runs it is made of' }),
    median: z.number(),
    most: z.number().meta({ description: 'Nine of ten took no longer' }),
  })
  .meta({ id: 'TimeSpread', description: 'Milliseconds' });
export type TimeSpread = Described<typeof timeSpreadSchema>;

/** Answer of `GET /workloads/statistics`. */
export const workloadStatisticsSchema = z
  .object({
    since: timeSchema,
    runs: z.number().meta({ description: 'Runs that ended since then' }),
    complete: z.boolean().meta({
      description: 'False where there were more runs than are looked at',
    }),
    ...outcomeFields,
    weeks: z
      .array(
        z.object({
          from: timeSchema,
          ...outcomeFields,
          duration: timeSpreadSchema.optional().meta({
            description: 'Of the runs that succeeded',
          }),
          wait: timeSpreadSchema.optional().meta({
            description: 'From the order to the start',
          }),
        }),
      )
      .meta({ description: 'From Monday to Sunday in UTC, the oldest first' }),
    causes: z
      .array(
        z.object({
          reason: z.string(),
          runs: z.number(),
          last: z.object({
            cluster: z.string(),
            namespace: z.string(),
            name: z.string(),
            uid: z.string(),
            message: z.string().optional(),
            endedAt: timeSchema,
          }),
        }),
      )
      .meta({ description: 'Why runs failed, the most frequent first' }),
    versions: z
      .array(
        z.object({
          version: z.string(),
          runs: z.number(),
          ...outcomeFields,
          lastEndedAt: timeSchema,
          owners: z.array(z.object({ owner: z.string(), runs: z.number() })),
        }),
      )
      .meta({ description: 'Those that ran most, and who ran them' }),
  })
  .meta({
    id: 'WorkloadStatistics',
    description: 'How runs of a workload end',
  });
export type WorkloadStatistics = Described<typeof workloadStatisticsSchema>;
