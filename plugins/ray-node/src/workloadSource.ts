import {
  getEntitySourceLocation,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  ENTITY_ANNOTATION_WORKLOAD,
  ENTITY_TYPE_WORKLOAD,
} from '@ml-platform/rayjob';

/** Name of a workload's image and jobs. */
export function workloadName({ metadata }: Entity): string {
  return metadata.annotations?.[ENTITY_ANNOTATION_WORKLOAD] ?? metadata.name;
}

/** @throws {InputError} when an entity is no training workload */
export function checkWorkload(entity: Entity): void {
  if (entity.spec?.type !== ENTITY_TYPE_WORKLOAD) {
    throw new InputError(
      `${stringifyEntityRef(entity)} isn't a training workload: its spec.type is '${entity.spec?.type}', not '${ENTITY_TYPE_WORKLOAD}'`,
    );
  }
}

/**
 * Web address of the folder that a workload's catalog file lies in.
 * @throws {InputError} when it isn't in a git repository
 */
export function workloadSource(entity: Entity): string {
  const { type, target } = getEntitySourceLocation(entity);
  if (type !== 'url') {
    throw new InputError(
      `${stringifyEntityRef(entity)} comes from '${type}:${target}', which isn't in a git repository; register it by its web address`,
    );
  }
  // The location of the catalog file stands for its folder.
  return target.replace(/\/[^/]*\.ya?ml$/, '/');
}
