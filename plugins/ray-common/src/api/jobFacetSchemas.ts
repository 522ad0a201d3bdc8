import { z } from 'zod';
import type { Described } from './describes';
import { jobStateSchema } from './jobSchemas';

const facetSchema = z
  .object({
    values: z.array(z.object({ value: z.string(), count: z.number() })).meta({
      description: 'By name; where there are many, the most frequent',
    }),
    others: z
      .number()
      .meta({ description: 'Number of values that are left out' }),
  })
  .meta({
    id: 'JobFacet',
    description:
      'The values of a field with the number of jobs that have them, as if the filter wanted any value of that field',
  });

/** Answer of `GET /jobs/facets`. */
export const jobFacetsSchema = z
  .object({
    total: z.number().meta({ description: 'Number of jobs that match' }),
    cluster: facetSchema,
    namespace: facetSchema,
    state: facetSchema,
    workload: facetSchema,
    owner: facetSchema,
  })
  .meta({ id: 'JobFacets', description: 'What a list can be filtered by' });
export type JobFacets = Described<typeof jobFacetsSchema>;

/** Data of the event `counts` of `GET /jobs/stream`. */
export const jobCountsSchema = z
  .object({
    total: z.number().meta({ description: 'Number of jobs that match' }),
    states: z.partialRecord(jobStateSchema, z.number()).meta({
      description:
        'Number of jobs in each state that has any, as if the filter wanted any state',
    }),
  })
  .meta({ id: 'JobCounts' });
export type JobCounts = Described<typeof jobCountsSchema>;

/** Answer of `GET /jobs/revision`. */
export const jobsRevisionSchema = z
  .object({
    revision: z.string().meta({
      description:
        'Differs from an earlier one after any change of a job, and after a restart of the backend',
    }),
    complete: z.boolean().meta({
      description:
        "False while a cluster hasn't been read since the backend started: jobs on it may be missing from lists",
    }),
  })
  .meta({ id: 'JobsRevision' });
export type JobsRevision = Described<typeof jobsRevisionSchema>;
