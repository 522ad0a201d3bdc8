import type { Entity } from '@backstage/catalog-model';
import {
  ENTITY_ANNOTATION_CLUSTER,
  type RayClusterSummary,
} from '@ml-platform/rayjob';
import type { JobCluster } from '@ml-platform/sdk';

export interface EntityOwnership {
  /** Entity reference of the group that runs the clusters. */
  readonly owner: string;
  /** Name of the System that the clusters belong to. */
  readonly system: string;
}

/** What the clusters' entities have in common. */
export interface EntityContext extends EntityOwnership {
  /** Address of the portal: the catalog takes only links that are whole. */
  readonly appUrl: string;
}

/** Longest name of an entity. */
const LONGEST_NAME = 63;

/** The catalog's Resource of a Kubernetes cluster. */
export function clusterEntity(
  cluster: JobCluster,
  { owner, system, appUrl }: EntityContext,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: cluster.name,
      title: cluster.title,
      description: cluster.holdsJobs
        ? 'Runs training jobs on Ray'
        : 'Runs the platform itself',
      ...(cluster.holdsJobs && {
        annotations: { [ENTITY_ANNOTATION_CLUSTER]: cluster.name },
      }),
      tags: ['kubernetes', ...(cluster.holdsJobs ? ['ray'] : [])],
      links: [
        ...(cluster.holdsJobs
          ? [
              {
                url: `${appUrl.replace(/\/$/, '')}/ray?cluster=${encodeURIComponent(cluster.name)}`,
                title: 'Training jobs',
                icon: 'dashboard',
              },
            ]
          : []),
        ...(cluster.dashboardUrl
          ? [{ url: cluster.dashboardUrl, title: 'Dashboard' }]
          : []),
      ],
    },
    spec: { type: 'kubernetes-cluster', owner, system },
  };
}

/** The catalog's Resource of a Ray cluster that outlives single jobs. */
export function rayClusterEntity(
  cluster: JobCluster,
  rayCluster: RayClusterSummary,
  { owner, system }: EntityOwnership,
): Entity {
  const { namespace, name, rayVersion, groups } = rayCluster;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: `${cluster.name}.${namespace}.${name}`.slice(-LONGEST_NAME),
      title: name,
      description: `Ray cluster in ${namespace} on ${cluster.title}, ${
        groups.length === 1
          ? '1 worker group'
          : `${groups.length} worker groups`
      }`,
      tags: ['ray', ...(rayVersion ? [`ray-${rayVersion}`] : [])],
    },
    spec: {
      type: 'ray-cluster',
      owner,
      system,
      dependsOn: [`resource:default/${cluster.name}`],
    },
  };
}
