import type { Entity } from '@backstage/catalog-model';
import {
  ENTITY_ANNOTATION_STORAGE,
  ENTITY_ANNOTATION_WORKLOAD,
} from '@ml-platform/rayjob';

/** Name of an entity's workload, if the entity is one. */
export function workloadOf(entity: Entity): string | undefined {
  return entity.metadata.annotations?.[ENTITY_ANNOTATION_WORKLOAD] || undefined;
}

/** Whether an entity has runs to show. */
export function isWorkload(entity: Entity): boolean {
  return workloadOf(entity) !== undefined;
}

/** Whether an entity names storage to show. */
export function hasStorage(entity: Entity): boolean {
  return Boolean(entity.metadata.annotations?.[ENTITY_ANNOTATION_STORAGE]);
}
