import { object } from '../schemas/build';
import { RAY_CLUSTER_SPEC, RAY_CLUSTER_STATUS } from '../schemas/rayCluster';
import { RAY_JOB_SPEC, RAY_JOB_STATUS } from '../schemas/rayJob';
import { resourceType, ResourceType } from './ResourceType';

const ray = (
  given: Pick<ResourceType, 'kind' | 'plural'> & Partial<ResourceType>,
) =>
  resourceType({
    group: 'ray.io',
    version: 'v1',
    categories: ['all'],
    statusSubresource: true,
    generation: true,
    custom: true,
    ...given,
  });

const argo = (
  given: Pick<ResourceType, 'kind' | 'plural'> & Partial<ResourceType>,
) =>
  resourceType({
    group: 'argoproj.io',
    version: 'v1alpha1',
    generation: true,
    custom: true,
    ...given,
  });

/** KubeRay's and Argo CD's kinds, which a real cluster has from CRDs. */
export const CUSTOM_RESOURCES: readonly ResourceType[] = [
  ray({
    kind: 'RayCluster',
    plural: 'rayclusters',
    schema: object({ spec: RAY_CLUSTER_SPEC, status: RAY_CLUSTER_STATUS }),
  }),
  ray({ kind: 'RayCronJob', plural: 'raycronjobs' }),
  ray({
    kind: 'RayJob',
    plural: 'rayjobs',
    schema: object({ spec: RAY_JOB_SPEC, status: RAY_JOB_STATUS }),
  }),
  ray({ kind: 'RayService', plural: 'rayservices' }),
  argo({
    kind: 'Application',
    plural: 'applications',
    shortNames: ['app', 'apps'],
  }),
  argo({
    kind: 'AppProject',
    plural: 'appprojects',
    shortNames: ['appproj', 'appprojs'],
  }),
];
