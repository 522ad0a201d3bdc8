import type { Entity } from '@backstage/catalog-model';
import { ENTITY_ANNOTATION_CLUSTER } from '@ml-platform/rayjob';

/** Name of the cluster that an entity is, if it is one that holds jobs. */
export function clusterOf(entity: Entity): string | undefined {
  return entity.metadata.annotations?.[ENTITY_ANNOTATION_CLUSTER] || undefined;
}

/** Whether an entity is a cluster that holds jobs. */
export function isCluster(entity: Entity): boolean {
  return clusterOf(entity) !== undefined;
}
