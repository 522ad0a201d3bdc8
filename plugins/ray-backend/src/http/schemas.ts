import { InputError } from '@backstage/errors';
import {
  parseJobOrder,
  type JobFilter,
  type JobState,
} from '@ml-platform/rayjob';
import { z } from 'zod';
import type { JobListQuery } from '../index/Jobs';

const STATES = [
  'awaiting-merge',
  'awaiting-sync',
  'queued',
  'pending',
  'running',
  'succeeded',
  'failed',
  'stopped',
  'suspended',
  'retrying',
  'unknown',
] as const satisfies readonly JobState[];

/** Repeated, or with commas between. */
const list = z
  .union([z.string(), z.array(z.string())])
  .transform(value =>
    [value]
      .flat()
      .flatMap(part => part.split(','))
      .filter(Boolean),
  )
  .optional();

const number = (max: number) =>
  z.coerce.number().int().min(1).max(max).optional();

const flag = z
  .enum(['true', 'false', '1', '0', ''])
  .transform(value => value !== 'false' && value !== '0')
  .optional();

const jobsSchema = z
  .object({
    cluster: list,
    namespace: list,
    state: list.pipe(z.array(z.enum(STATES)).optional()),
    workload: list,
    owner: list,
    q: z.string().max(200).optional(),
    sort: z.string().optional(),
    limit: number(1_000),
    cursor: z.string().max(2_000).optional(),
  })
  .strict();

const logsSchema = z
  .object({
    source: z.string().max(300).default('driver'),
    follow: flag,
    previous: flag,
    timestamps: flag,
    tail: z.coerce.number().int().min(0).max(1_000_000).optional(),
    cursor: z.string().max(1_000).optional(),
    uid: z.string().max(100).optional(),
  })
  .strict();

function check<T extends z.ZodTypeAny>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (!result.success) {
    const problems = result.error.issues.map(issue => {
      const field = issue.path.join('.');
      return field ? `${field}: ${issue.message}` : issue.message;
    });
    throw new InputError(problems.join('; '));
  }
  return result.data;
}

/**
 * The query of `GET /jobs` and `GET /jobs/stream`.
 * @throws InputError that names the field
 */
export function parseJobsQuery(
  query: unknown,
  defaultLimit = 50,
): JobListQuery {
  const { sort, limit, cursor, ...filter } = check(jobsSchema, query);
  return {
    filter: filter satisfies JobFilter,
    order: parseJobOrder(sort),
    limit: limit ?? defaultLimit,
    cursor,
  };
}

export type LogsQuery = z.output<typeof logsSchema>;

/**
 * The query of `GET …/logs`.
 * @throws InputError that names the field
 */
export function parseLogsQuery(query: unknown): LogsQuery {
  return check(logsSchema, query);
}

const submitSchema = z
  .object({
    cluster: z.string().min(1),
    job: z
      .object({
        metadata: z
          .object({ name: z.string(), namespace: z.string() })
          .passthrough(),
        spec: z.object({}).passthrough(),
      })
      .passthrough(),
    idempotencyKey: z.string().min(1).max(200).optional(),
  })
  .strict();

export type SubmitBody = z.output<typeof submitSchema>;

/** The body of `POST /jobs`. @throws InputError that names the field */
export function parseSubmit(body: unknown): SubmitBody {
  return check(submitSchema, body);
}

const scaleSchema = z
  .object({
    group: z.string().min(1),
    replicas: z.number().int().min(0).max(10_000),
  })
  .strict();

export type ScaleBody = z.output<typeof scaleSchema>;

/** The body of `PATCH /rayclusters/…`. @throws InputError that names the field */
export function parseScale(body: unknown): ScaleBody {
  return check(scaleSchema, body);
}
