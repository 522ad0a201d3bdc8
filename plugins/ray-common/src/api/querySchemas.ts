import { z } from 'zod';
import { jobStateSchema } from './jobSchemas';

/** Longest text that jobs are searched for, in characters. */
export const LONGEST_SEARCH = 200;

/** Several values: the parameter repeated, or one with commas between. */
function list<Item extends z.ZodType>(item: Item) {
  const split = (value: unknown) =>
    [value]
      .flat()
      .flatMap(part => (typeof part === 'string' ? part.split(',') : part))
      .filter(part => part !== '');
  return z.preprocess(split, z.array(item)).optional();
}

/** A whole number between two others. */
export const number = (least: number, most: number) =>
  z.coerce.number().int().min(least).max(most).optional();

const FLAGS: ReadonlyMap<unknown, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['', true],
  ['false', false],
  ['0', false],
]);

/** On or off. */
export const flag = z
  .preprocess(value => FLAGS.get(value) ?? value, z.boolean())
  .optional();

const moment = (description: string) =>
  z.iso
    .datetime({
      offset: true,
      error: 'Write a date and a time, for example 2026-11-23T21:06:21Z',
    })
    .optional()
    .meta({ description, examples: ['2026-11-23T21:06:21Z'] });

/** Query of `GET /jobs/facets`. */
export const jobsFilterSchema = z.strictObject({
  cluster: list(z.string()),
  namespace: list(z.string()),
  state: list(jobStateSchema),
  workload: list(z.string()),
  owner: list(z.string()),
  q: z
    .string()
    .max(LONGEST_SEARCH, `Search for at most ${LONGEST_SEARCH} characters`)
    .optional()
    .meta({
      description:
        'Words to search for in name, workload, version, owner, namespace and message',
    }),
  since: moment('Only jobs created at that time or later'),
  until: moment('Only jobs created before that time'),
});

/** Query of `GET /jobs`. */
export const jobsQuerySchema = jobsFilterSchema.extend({
  sort: z
    .string()
    .optional()
    .meta({
      description:
        'A field of the row; a hyphen before it turns the order round',
      examples: ['-createdAt'],
    }),
  limit: number(1, 1_000),
  cursor: z.string().max(2_000).optional().meta({
    description: 'nextCursor of the page before',
  }),
});
export type JobsQuery = z.output<typeof jobsQuerySchema>;

/** Query of `GET /jobs/stream`. */
export const jobsStreamSchema = jobsQuerySchema.extend({
  counts: flag.meta({ description: 'Also send how many jobs there are' }),
});

/** Query of what belongs to one job. */
export const runQuerySchema = z.strictObject({
  uid: z.string().min(1).max(200).optional().meta({
    description: 'UID of one run; another may have the name by now',
  }),
});

/** Query of `GET …/logs`. */
export const logsQuerySchema = runQuerySchema.extend({
  source: z.string().max(300).default('driver').meta({
    description: 'id of one of the logSources of the job',
  }),
  follow: flag,
  previous: flag,
  timestamps: flag,
  tail: number(0, 1_000_000).meta({ description: 'Lines from the end' }),
  cursor: z.string().max(500).optional().meta({
    description: 'id of the event to resume from',
  }),
});
export type LogsQuery = z.output<typeof logsQuerySchema>;

/** Headers of a stream that is opened again. */
export const resumeHeadersSchema = z.object({
  'last-event-id': z.string().optional().meta({
    description: 'id of the last event that came',
  }),
});
