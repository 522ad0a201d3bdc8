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

/** Have Argo CD sync a job that git has, without waiting for its time. */
export const rayJobSyncPermission = createPermission({
  name: 'ray.job.sync',
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

/** See the bucket and the account of a workload, and their state. */
export const rayStorageReadPermission = createPermission({
  name: 'ray.storage.read',
  attributes: { action: 'read' },
});

/** See versions of images, and builds with their logs. */
export const rayImageReadPermission = createPermission({
  name: 'ray.image.read',
  attributes: { action: 'read' },
});

/** Build images, and cancel one's own builds. */
export const rayImageBuildPermission = createPermission({
  name: 'ray.image.build',
  attributes: { action: 'create' },
});

/** All permissions of the Ray plugins. */
export const rayPermissions: readonly Permission[] = [
  rayJobReadPermission,
  rayJobCreatePermission,
  rayJobStopPermission,
  rayJobSyncPermission,
  rayJobDeletePermission,
  rayJobSecretsReadPermission,
  rayLogReadPermission,
  rayClusterReadPermission,
  rayClusterScalePermission,
  rayStorageReadPermission,
  rayImageReadPermission,
  rayImageBuildPermission,
];
