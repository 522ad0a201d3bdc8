import type { AuditorService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  rayJobReadPermission,
  rayJobSyncPermission,
  rayRoutes,
} from '@ml-platform/backstage-plugin-ray-common';
import { notBrought, type JobSyncs } from '../argocd/JobSyncs';
import type { Jobs } from '../jobs/Jobs';
import { audited } from '../permissions/audited';
import type { Authorizer } from '../permissions/Authorizer';
import { requesterOf } from '../permissions/requesterOf';
import type { ApiRouter } from './ApiRouter';
import { followState } from './followState';

export interface SyncRoutesOptions {
  readonly auditor: AuditorService;
  readonly authorizer: Authorizer;
  readonly jobs: Jobs;
  /** Absent where the portal doesn't ask Argo CD. */
  readonly syncs?: JobSyncs;
  /** Aborts when the backend stops: streams end, so that it can. */
  readonly closing: AbortSignal;
}

/** The sync of jobs by Argo CD. */
export function addSyncRoutes(
  api: ApiRouter,
  { auditor, authorizer, jobs, syncs, closing }: SyncRoutesOptions,
): void {
  const offered = () => {
    if (!syncs) {
      throw new NotFoundError(
        "This portal doesn't ask Argo CD; set ray.argocd in its configuration",
      );
    }
    return syncs;
  };

  api.answer(rayRoutes.syncJob, async ({ request, caller, params }) => {
    const job = await jobs.require(params, caller);
    await authorizer.requireForJob(caller, rayJobSyncPermission, job);
    const known = offered();
    const visible = await authorizer.jobs(caller, rayJobReadPermission);
    return audited({
      auditor,
      request,
      eventId: 'job-sync',
      meta: { ...params },
      change: () => known.request(job, visible, requesterOf(caller)),
    });
  });

  api.stream(rayRoutes.streamJobSync, async ({ caller, params }, response) => {
    const job = await jobs.require(params, caller);
    const known = offered();
    let visible = await authorizer.jobs(caller, rayJobReadPermission);
    if (!known.of(job, visible)) {
      throw notBrought(job);
    }
    await followState(response, {
      event: 'sync',
      closing,
      read: () => known.of(job, visible),
      waitFor: (ms, signal) => known.waitFor(ms, signal),
      recheck: async () => {
        await jobs.require(params, caller);
        visible = await authorizer.jobs(caller, rayJobReadPermission);
      },
    });
  });
}
