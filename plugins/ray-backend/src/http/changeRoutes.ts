import type {
  AuditorService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  rayJobDeletePermission,
  rayJobStopPermission,
  rayRoutes,
  type ActionResult,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';
import type { JobActions } from '../actions/JobActions';
import type { Jobs } from '../jobs/Jobs';
import type { Authorizer, RayJobPermission } from '../permissions/Authorizer';
import type { ApiRequest, ApiRouter } from './ApiRouter';
import { audited } from '../permissions/audited';
import { requesterOf } from '../permissions/requesterOf';

export interface ChangeRoutesOptions {
  readonly actions: JobActions;
  readonly auditor: AuditorService;
  readonly authorizer: Authorizer;
  readonly jobs: Jobs;
}

type JobRoute =
  | typeof rayRoutes.stopJob
  | typeof rayRoutes.retryJob
  | typeof rayRoutes.deleteJob;

/** Changing jobs: submit, propose, stop, run again, delete. Each is audited. */
export function addChangeRoutes(
  api: ApiRouter,
  options: ChangeRoutesOptions,
): void {
  const { actions, auditor, authorizer, jobs } = options;

  api.answer(
    rayRoutes.submitJob,
    async ({ request, caller, headers, body }) => {
      const { cluster, job, idempotencyKey } = body;
      const { name, namespace } = job.metadata;
      return audited({
        auditor,
        request,
        eventId: 'job-submit',
        meta: { cluster, namespace, name },
        change: () =>
          actions.submit({
            cluster,
            job,
            idempotencyKey: idempotencyKey ?? headers['idempotency-key'],
            caller,
          }),
      });
    },
  );

  api.answer(rayRoutes.proposeJob, async ({ request, caller, body }) => {
    const { cluster, job } = body;
    const { name, namespace } = job.metadata;
    return audited({
      auditor,
      request,
      eventId: 'job-propose',
      meta: { cluster, namespace, name },
      change: () => actions.propose({ cluster, job, caller }),
    });
  });

  const change = async (
    { request, caller, params }: ApiRequest<JobRoute>,
    what: {
      readonly eventId: string;
      /** Absent where the action itself asks what the caller may do. */
      readonly permission?: RayJobPermission;
      readonly act: (
        job: JobSummary,
        caller: BackstageCredentials,
      ) => Promise<ActionResult>;
    },
  ) => {
    const job = await jobs.require(params, caller);
    if (what.permission) {
      await authorizer.requireForJob(caller, what.permission, job);
    }
    return audited({
      auditor,
      request,
      eventId: what.eventId,
      meta: { ...params },
      change: () => what.act(job, caller),
    });
  };

  api.answer(rayRoutes.stopJob, request =>
    change(request, {
      eventId: 'job-stop',
      permission: rayJobStopPermission,
      act: (job, caller) => actions.stop(job, requesterOf(caller)),
    }),
  );

  api.answer(rayRoutes.retryJob, request =>
    change(request, {
      eventId: 'job-retry',
      act: (job, caller) => actions.retry(job, caller),
    }),
  );

  api.answer(rayRoutes.deleteJob, request =>
    change(request, {
      eventId: 'job-delete',
      permission: rayJobDeletePermission,
      act: (job, caller) => actions.delete(job, requesterOf(caller)),
    }),
  );
}
