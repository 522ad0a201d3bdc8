import { usePermission } from '@backstage/plugin-permission-react';
import { rayJobCreatePermission } from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';
import {
  ACTION_PERMISSIONS,
  jobResourceRef,
  type JobAction,
} from './actionRules';

/** Which actions on a job the user has permission for. */
export function useJobRights(
  job: JobSummary,
): Readonly<Record<JobAction['id'], boolean>> {
  const resourceRef = jobResourceRef(job);
  const stop = usePermission({
    permission: ACTION_PERMISSIONS.stop,
    resourceRef,
  });
  const remove = usePermission({
    permission: ACTION_PERMISSIONS.delete,
    resourceRef,
  });
  const create = usePermission({
    permission: rayJobCreatePermission,
    resourceRef,
  });
  return {
    stop: stop.allowed,
    delete: remove.allowed,
    retry: create.allowed,
  };
}
