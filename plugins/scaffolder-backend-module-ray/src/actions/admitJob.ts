import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import {
  requireJobCreate,
  type CallerPolicy,
} from '@ml-platform/backstage-plugin-ray-node';
import { jobSummary, type RayJob } from '@ml-platform/rayjob';
import { checkAdmission, type JobClusterDirectory } from '@ml-platform/sdk';
import type { QuotaJobs } from './QuotaJobs';

/** Milliseconds for which the clusters that were found are taken as known. */
const CLUSTERS_KNOWN_FOR = 5 * 60_000;
/** Annotations that a task gives to its job, and that nobody may submit. */
const OWN_ANNOTATIONS = 'ml-platform.dev/';

/** What decides on the jobs of tasks. */
export interface JobRulesOptions {
  readonly clusters: JobClusterDirectory;
  readonly permissions: PermissionsService;
  readonly policy: Pick<CallerPolicy, 'of'>;
  /** For a job that its namespace's quota doesn't count yet. */
  readonly quotaJobs?: Pick<QuotaJobs, 'at'>;
}

/**
 * Lets a job through that whoever started the task may create.
 *
 * @throws {NotAllowedError} when the permission `ray.job.create` doesn't cover it
 * @throws {InputError} when the platform doesn't run such a job; says all that is wrong
 */
export async function admitJob(
  ctx: Pick<
    ActionContext<Record<string, never>>,
    'getInitiatorCredentials' | 'signal'
  >,
  { clusters, permissions, policy, quotaJobs }: JobRulesOptions,
  { cluster, job }: { readonly cluster: string; readonly job: RayJob },
): Promise<void> {
  await clusters.refreshAfter(
    CLUSTERS_KNOWN_FOR,
    ctx.signal ?? new AbortController().signal,
  );
  const credentials = await ctx.getInitiatorCredentials();
  const summary = jobSummary(cluster, job);
  await requireJobCreate(permissions, credentials, summary);
  const allowed = await policy.of(credentials);
  checkAdmission(
    {
      clusters: clusters.entries,
      complete: clusters.complete,
      policy: allowed,
      allowedMetadata: [OWN_ANNOTATIONS],
      jobs: await quotaJobs?.at(summary, allowed),
    },
    cluster,
    job,
  );
}
