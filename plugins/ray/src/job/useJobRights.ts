import { usePermission } from '@backstage/plugin-permission-react';
import {
  rayJobCreatePermission,
  rayLogReadPermission,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';
import {
  ACTION_PERMISSIONS,
  jobResourceRef,
  type JobAction,
} from './actionRules';

/** What the user has permission for: the actions on a job, and reading its logs. */
export function useJobRights(
  job: JobSummary,
): Readonly<Record<JobAction['id'] | 'log', boolean>> {
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
  const log = usePermission({
    permission: rayLogReadPermission,
    resourceRef,
  });
  return {
    log: log.allowed,
    stop: stop.allowed,
    delete: remove.allowed,
    retry: create.allowed,
  };
}
