import {
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogEntityValidatePermission,
  catalogLocationReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import { kubernetesClustersReadPermission } from '@backstage/plugin-kubernetes-common';
import {
  AuthorizeResult,
  type Permission,
  type PermissionCriteria,
  type PermissionCondition,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  actionExecutePermission,
  RESOURCE_TYPE_SCAFFOLDER_TASK,
  taskCancelPermission,
  taskCreatePermission,
  taskReadPermission,
  templateDryRunPermission,
  templateParameterReadPermission,
  templateStepReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  rayClusterReadPermission,
  rayImageBuildPermission,
  rayImageReadPermission,
  rayJobCreatePermission,
  rayJobDeletePermission,
  rayJobReadPermission,
  rayJobSecretsReadPermission,
  rayJobStopPermission,
  rayJobSyncPermission,
  rayLogReadPermission,
  rayStorageReadPermission,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  createRayJobConditionalDecision,
  rayJobConditions,
} from '@ml-platform/backstage-plugin-ray-node';

/** Whom a right is asked for. */
export interface Asker {
  /** Reference of the user's entity. */
  readonly user: string;
  /** Namespaces that the user shares with their groups. */
  readonly shared: readonly string[];
  /** True when engineers start jobs only in namespaces of their groups. */
  readonly divided: boolean;
}

/** Whether a role has a permission: always, or as it is said of the asker. */
export type Right = 'always' | ((asker: Asker) => PolicyDecision);

const always = (permissions: readonly Permission[]) =>
  permissions.map(({ name }) => [name, 'always'] as const);

/** Jobs that the user asked for, and all of namespaces that they share. */
const theirJobs =
  (permission: Parameters<typeof createRayJobConditionalDecision>[0]): Right =>
  ({ user, shared }) =>
    createRayJobConditionalDecision(permission, {
      anyOf: [
        rayJobConditions.isOwner({ owners: [user] }),
        rayJobConditions.inNamespace({ namespaces: [...shared] }),
      ],
    });

const whereTheyMayStart: Right = ({ shared, divided }) =>
  divided
    ? createRayJobConditionalDecision(
        rayJobCreatePermission,
        rayJobConditions.inNamespace({ namespaces: [...shared] }),
      )
    : { result: AuthorizeResult.ALLOW };

/** A task of the scaffolder that the user started; the rule is the scaffolder's. */
const theirTasks: Right = ({ user }) => {
  const conditions: PermissionCriteria<PermissionCondition> = {
    resourceType: RESOURCE_TYPE_SCAFFOLDER_TASK,
    rule: 'IS_TASK_OWNER',
    params: { createdBy: [user] },
  };
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'scaffolder',
    resourceType: RESOURCE_TYPE_SCAFFOLDER_TASK,
    conditions,
  };
};

/**
 * What a viewer may do. Objects of Backstage's own Kubernetes plugin aren't among
 * it: it would show the values of environment variables.
 */
export const viewerRights: ReadonlyMap<string, Right> = new Map<string, Right>(
  always([
    rayJobReadPermission,
    rayLogReadPermission,
    rayClusterReadPermission,
    rayStorageReadPermission,
    rayImageReadPermission,
    catalogEntityReadPermission,
    catalogLocationReadPermission,
    kubernetesClustersReadPermission,
    templateParameterReadPermission,
    templateStepReadPermission,
  ]),
);

/** What an engineer may do beside that. */
export const engineerRights: ReadonlyMap<string, Right> = new Map<
  string,
  Right
>([
  ...always([
    rayImageBuildPermission,
    catalogEntityRefreshPermission,
    catalogEntityValidatePermission,
    actionExecutePermission,
    taskCreatePermission,
    templateDryRunPermission,
  ]),
  [rayJobCreatePermission.name, whereTheyMayStart],
  [rayJobStopPermission.name, theirJobs(rayJobStopPermission)],
  [rayJobSyncPermission.name, theirJobs(rayJobSyncPermission)],
  [rayJobDeletePermission.name, theirJobs(rayJobDeletePermission)],
  [rayJobSecretsReadPermission.name, theirJobs(rayJobSecretsReadPermission)],
  [taskReadPermission.name, theirTasks],
  [taskCancelPermission.name, theirTasks],
]);
