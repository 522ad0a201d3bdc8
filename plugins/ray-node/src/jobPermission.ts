import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  type PermissionRuleset,
} from '@backstage/plugin-permission-node';
import {
  rayImageBuildPermission,
  rayJobCreatePermission,
} from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';
import { rayJobRules } from './permissionRules';

const RULES: PermissionRuleset<JobSummary> = {
  getRuleByName(name) {
    const rule = Object.values(rayJobRules).find(each => each.name === name);
    if (!rule) {
      throw new NotAllowedError(`There is no permission rule ${name}`);
    }
    return rule;
  },
};

/**
 * Lets a job through that the caller may create, in a plugin other than Ray's own.
 *
 * @param job - the job as it would be
 * @throws {NotAllowedError} when the permission `ray.job.create` doesn't cover it
 */
export async function requireJobCreate(
  permissions: PermissionsService,
  credentials: BackstageCredentials,
  job: JobSummary,
): Promise<void> {
  const [decision] = await permissions.authorizeConditional(
    [{ permission: rayJobCreatePermission }],
    { credentials },
  );
  const covers = createConditionAuthorizer(RULES);
  const allowed =
    decision.result === AuthorizeResult.CONDITIONAL
      ? covers(decision, job)
      : decision.result === AuthorizeResult.ALLOW;
  if (!allowed) {
    throw missing(rayJobCreatePermission);
  }
}

/**
 * Lets a build of an image through, in a plugin other than Ray's own.
 * @throws {NotAllowedError} when the caller lacks the permission `ray.image.build`
 */
export async function requireImageBuild(
  permissions: PermissionsService,
  credentials: BackstageCredentials,
): Promise<void> {
  const [{ result }] = await permissions.authorize(
    [{ permission: rayImageBuildPermission }],
    { credentials },
  );
  if (result !== AuthorizeResult.ALLOW) {
    throw missing(rayImageBuildPermission);
  }
}

function missing({ name }: Permission): NotAllowedError {
  return new NotAllowedError(
    `This needs the permission ${name}; ask whoever runs the platform for it`,
  );
}
