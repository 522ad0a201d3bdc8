import {
  rayJobCreatePermission,
  rayJobDeletePermission,
  rayJobStopPermission,
} from '@ml-platform/backstage-plugin-ray-common';
import { type JobSummary } from '@ml-platform/rayjob';
import type { Request, Response, Router } from 'express';
import type { ActionResult } from '../actions/JobActions';
import type { RayJobPermission } from '../permissions/Authorizer';
import { audited } from './audited';
import { JOB_PATH, jobRefOf } from './jobRef';
import { requesterOf } from './requesterOf';
import type { RouterOptions } from './router';
import { parseSubmit } from './schemas';

/** Changing jobs: submit, stop, run again, delete. Each is audited. */
export function addChangeRoutes(router: Router, options: RouterOptions): void {
  const { actions, auditor, authorizer, jobs } = options;

  router.post('/jobs', async (request, response) => {
    const caller = await authorizer.caller(request);
    await authorizer.require(caller, rayJobCreatePermission);
    const { cluster, job, idempotencyKey } = parseSubmit(request.body);
    const { name, namespace } = job.metadata;
    const result = await audited({
      auditor,
      request,
      eventId: 'job-submit',
      meta: { cluster, namespace, name },
      change: () =>
        actions.submit({
          cluster,
          job,
          idempotencyKey: idempotencyKey ?? request.get('idempotency-key'),
          requester: requesterOf(caller),
        }),
    });
    response.status(201).json(result);
  });

  const change = async (
    request: Request,
    response: Response,
    what: {
      readonly eventId: string;
      readonly permission: RayJobPermission | undefined;
      readonly act: (
        job: JobSummary,
        requester: string,
      ) => Promise<ActionResult>;
    },
  ) => {
    const caller = await authorizer.caller(request);
    const ref = jobRefOf(request);
    const job = await jobs.require(ref, caller);
    if (what.permission) {
      await authorizer.requireForJob(caller, what.permission, job);
    } else {
      await authorizer.require(caller, rayJobCreatePermission);
    }
    const result = await audited({
      auditor,
      request,
      eventId: what.eventId,
      meta: { ...ref },
      change: () => what.act(job, requesterOf(caller)),
    });
    response.status(202).json(result);
  };

  router.post(`${JOB_PATH}/stop`, (request, response) =>
    change(request, response, {
      eventId: 'job-stop',
      permission: rayJobStopPermission,
      act: (job, requester) => actions.stop(job, requester),
    }),
  );

  router.post(`${JOB_PATH}/retry`, (request, response) =>
    change(request, response, {
      eventId: 'job-retry',
      permission: undefined,
      act: (job, requester) => actions.retry(job, requester),
    }),
  );

  router.delete(JOB_PATH, (request, response) =>
    change(request, response, {
      eventId: 'job-delete',
      permission: rayJobDeletePermission,
      act: (job, requester) => actions.delete(job, requester),
    }),
  );
}
