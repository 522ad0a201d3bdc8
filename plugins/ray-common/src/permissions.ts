import {
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';

/** Conditional decisions about jobs carry this resource type. */
export const RESOURCE_TYPE_RAY_JOB = 'ray-job';

/** See a job in lists and on its page. */
export const rayJobReadPermission = createPermission({
  name: 'ray.job.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_RAY_JOB,
});

/** Submit a job, and run one again. Conditions apply to the job as it would be. */
export const rayJobCreatePermission = createPermission({
  name: 'ray.job.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_RAY_JOB,
});

/** Stop a running job. */
export const rayJobStopPermission = createPermission({
  name: 'ray.job.stop',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_RAY_JOB,
});

/** Delete a job and all that belongs to it. */
export const rayJobDeletePermission = createPermission({
  name: 'ray.job.delete',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_RAY_JOB,
});

/**
 * See values of environment variables and other credentials in the manifest of a
 * job; to others they are redacted.
 */
export const rayJobSecretsReadPermission = createPermission({
  name: 'ray.job.secrets.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_RAY_JOB,
});

/** Read the logs of a job. */
export const rayLogReadPermission = createPermission({
  name: 'ray.log.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_RAY_JOB,
});

/** See clusters and Ray clusters. */
export const rayClusterReadPermission = createPermission({
  name: 'ray.cluster.read',
  attributes: { action: 'read' },
});

/** Change the number of workers of a Ray cluster. */
export const rayClusterScalePermission = createPermission({
  name: 'ray.cluster.scale',
  attributes: { action: 'update' },
});

/** All permissions of the Ray plugins. */
export const rayPermissions: readonly Permission[] = [
  rayJobReadPermission,
  rayJobCreatePermission,
  rayJobStopPermission,
  rayJobDeletePermission,
  rayJobSecretsReadPermission,
  rayLogReadPermission,
  rayClusterReadPermission,
  rayClusterScalePermission,
];
