import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  jobsQuerySchema,
  rayJobReadPermission,
  rayLogReadPermission,
  submitSchema,
} from '@ml-platform/backstage-plugin-ray-common';
import { type JobSummary } from '@ml-platform/rayjob';
import type { JobActions } from '../actions/JobActions';
import { audited } from '../permissions/audited';
import { listQuery } from '../http/listQuery';
import { parseInput } from '../http/parseInput';
import type { Jobs } from '../jobs/Jobs';
import type { LogService } from '../logs/LogService';
import type { Authorizer } from '../permissions/Authorizer';
import { readLogTail } from './readLogTail';

export interface RegisterActionsOptions {
  readonly actionsRegistry: ActionsRegistryService;
  readonly actions: JobActions;
  readonly auditor: AuditorService;
  readonly authorizer: Authorizer;
  readonly jobs: Jobs;
  readonly logs: LogService;
}

/** The fields of a row that an agent can use. */
function outline(job: JobSummary) {
  const { cluster, namespace, name, state, reason, message } = job;
  const { workload, version, owner, createdAt, startedAt, endedAt } = job;
  return {
    cluster,
    namespace,
    name,
    state,
    reason,
    message,
    workload,
    version,
    owner,
    createdAt,
    startedAt,
    endedAt,
    attempt: job.attempt,
  };
}

/**
 * Offers jobs to Backstage's actions registry, and so to MCP clients. Each action
 * runs with the rights of who calls it.
 */
export function registerActions(options: RegisterActionsOptions): void {
  const { actionsRegistry, actions, auditor, authorizer, jobs, logs } = options;

  actionsRegistry.register({
    name: 'list-training-jobs',
    title: 'List training jobs',
    description:
      'Lists training jobs (RayJobs) on all clusters, newest first, with their state. Filter by cluster, namespace, state, workload or owner, or search with q. Follow nextCursor for more.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          cluster: z.string().optional(),
          namespace: z.string().optional(),
          state: z
            .string()
            .optional()
            .describe(
              'For example running, failed or succeeded; separate several with commas',
            ),
          workload: z.string().optional(),
          owner: z.string().optional().describe('For example user:default/ada'),
          q: z.string().optional().describe('Words to search for'),
          limit: z.number().int().min(1).max(200).optional(),
          cursor: z.string().optional(),
        }),
      output: z =>
        z.object({
          items: z.array(z.object({}).passthrough()),
          total: z.number(),
          nextCursor: z.string().optional(),
        }),
    },
    action: async ({ input, credentials }) => {
      const scope = await authorizer.scope(credentials, rayJobReadPermission);
      const page = jobs.list(
        listQuery(parseInput(jobsQuerySchema, input)),
        scope,
      );
      const { total, nextCursor } = page;
      return { output: { items: page.items.map(outline), total, nextCursor } };
    },
  });

  actionsRegistry.register({
    name: 'get-training-job',
    title: 'Get a training job',
    description:
      'Tells everything about one training job: state with its reason, attempts, pods and what is wrong with them, and where it stands in git.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          cluster: z.string(),
          namespace: z.string(),
          name: z.string(),
        }),
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => {
      const job = await jobs.require(input, credentials);
      return { output: { ...(await jobs.detail(job, credentials)) } };
    },
  });

  actionsRegistry.register({
    name: 'get-training-job-logs',
    title: 'Get the log of a training job',
    description:
      'Reads the last lines of a training job. source is driver (what the entrypoint writes; also from the archive when the job is gone), driver/<attempt> (of an earlier attempt), all (all containers merged), or pod/<pod>/<container>.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          cluster: z.string(),
          namespace: z.string(),
          name: z.string(),
          source: z.string().optional().describe('Default: driver'),
          tail: z
            .number()
            .int()
            .min(1)
            .max(2_000)
            .optional()
            .describe('Lines from the end. Default: 200'),
        }),
      output: z =>
        z.object({
          text: z.string(),
          end: z.string().describe('Why the text ends where it does'),
        }),
    },
    action: async ({ input, credentials }) => {
      const { source = 'driver', tail = 200, ...ref } = input;
      const job = await jobs.require(ref, credentials);
      await authorizer.requireForJob(credentials, rayLogReadPermission, job);
      return { output: await readLogTail(logs, { job, source, tail }) };
    },
  });

  actionsRegistry.register({
    name: 'submit-training-job',
    title: 'Submit a training job',
    description:
      'Creates a RayJob on a cluster directly, without git. For a run that git owns use the template create-training-job instead. The same idempotencyKey again answers with the first job.',
    attributes: { readOnly: false, idempotent: false, destructive: false },
    schema: {
      input: z =>
        z.object({
          cluster: z.string(),
          namespace: z.string(),
          name: z.string().describe('DNS name, at most 47 characters'),
          spec: z
            .object({})
            .passthrough()
            .describe('spec of a ray.io/v1 RayJob: entrypoint, rayClusterSpec'),
          labels: z.record(z.string()).optional(),
          idempotencyKey: z.string().optional(),
        }),
      output: z =>
        z.object({
          cluster: z.string(),
          namespace: z.string(),
          name: z.string(),
        }),
    },
    action: async ({ input, credentials }) => {
      const { cluster, namespace, name, spec, labels, idempotencyKey } = input;
      const body = parseInput(submitSchema, {
        cluster,
        idempotencyKey,
        job: { metadata: { name, namespace, labels }, spec },
      });
      const result = await audited({
        auditor,
        eventId: 'job-submit',
        meta: { cluster, namespace, name },
        change: () =>
          actions.submit({
            ...body,
            caller: credentials,
          }),
      });
      return { output: { ...result.job } };
    },
  });
}
