import { isHeld } from '../admission/finalizers';
import {
  finalizerProblems,
  metadataProblems,
  updatedMetadata,
} from '../admission/metadata';
import { invalidValue } from '../admission/causes';
import { ownedAfterUpdate } from '../apply/managedFields';
import { badRequest, conflict, invalid } from '../errors/statusErrors';
import { sameJson } from '../model/json';
import { KubeObject, ManagedFieldsEntry } from '../model/KubeObject';
import { ResourceType } from '../model/ResourceType';
import { StoredObject } from '../store/StoredObject';
import { ApiContext, NamedTarget, WriteOptions } from './ApiContext';
import { checkBody } from './checkBody';
import { conform, schemaProblems } from './conform';
import { storedObject } from './getObject';

/** PUT: replaces the object, or its status. */
export function updateObject(
  context: ApiContext,
  target: NamedTarget,
  body: unknown,
  options: WriteOptions,
): KubeObject {
  const { type } = target;
  const given = checkBody(body, target);
  const current = storedObject(context, target);
  if (type.custom && !given.metadata.resourceVersion) {
    throw invalid(type, target.name, [
      {
        ...invalidValue('metadata.resourceVersion', '', ''),
        message: 'Invalid value: 0x0: must be specified for an update',
      },
    ]);
  }
  return replaceObject(context, target, current, given, options);
}

/**
 * Puts `next` in the place of `current`. With `managed`,
 * the owners of fields are given and not worked out from the change. A change
 * that changes nothing is not written.
 */
export function replaceObject(
  context: ApiContext,
  target: NamedTarget,
  current: StoredObject,
  next: KubeObject,
  options: WriteOptions,
  managed?: (accepted: KubeObject) => ManagedFieldsEntry[],
): KubeObject {
  const { type, subresource } = target;
  const before = current.object;
  checkVersion(type, before, next.metadata.resourceVersion);
  const strategy = context.strategyOf(type);
  const object = structuredClone(
    merged(type, before, next, subresource === 'status'),
  );
  object.metadata = updatedMetadata(object.metadata, before.metadata, type);
  conform(type, object, options);
  strategy.defaults?.(object);
  if (!subresource) {
    strategy.prepareUpdate?.(object, before);
  }
  countGeneration(type, object, before);
  const causes = [
    ...metadataProblems(object, strategy.nameCheck),
    ...finalizerProblems(object.metadata, before.metadata),
    ...schemaProblems(type, object, before),
    ...(strategy.validate?.(object) ?? []),
    ...(subresource ? [] : (strategy.validateUpdate?.(object, before) ?? [])),
  ];
  if (causes.length > 0) {
    throw invalid(type, object.metadata.name, causes);
  }
  object.metadata.managedFields = managed
    ? managed(object)
    : ownedAfterUpdate({
        current: before,
        next: object,
        type,
        manager: options.manager,
        subresource,
        now: context.now(),
      });
  if (sameJson(object, before) || options.dryRun) {
    return sameJson(object, before) ? before : object;
  }
  const { store } = context;
  const written = isFinished(object)
    ? store.delete(type.storage, object)
    : store.put(type.storage, object);
  return written.object;
}

/** An object in deletion goes with its last finalizer. */
function isFinished(object: KubeObject): boolean {
  const { metadata } = object;
  return Boolean(
    metadata.deletionTimestamp &&
    !isHeld(object) &&
    !metadata.deletionGracePeriodSeconds,
  );
}

function checkVersion(
  type: ResourceType,
  current: KubeObject,
  given: string | undefined,
): void {
  if (given === undefined || given === '' || given === '0') {
    return;
  }
  if (!/^\d+$/.test(given)) {
    throw badRequest(
      `resourceVersion: Invalid value: "${given}": strconv.ParseUint: parsing "${given}": invalid syntax`,
    );
  }
  if (given !== current.metadata.resourceVersion) {
    throw conflict(type, current.metadata.name);
  }
}

/** A write to the main resource leaves the status alone, one to the status the rest. */
function merged(
  type: ResourceType,
  before: KubeObject,
  next: KubeObject,
  toStatus: boolean,
): KubeObject {
  if (!type.statusSubresource) {
    return next;
  }
  const [rest, status] = toStatus
    ? [before, next.status]
    : [next, before.status];
  const result: KubeObject = { ...rest, status };
  if (status === undefined) {
    delete result.status;
  }
  if (toStatus) {
    result.metadata = statusMetadata(type, before, next);
  }
  return result;
}

/** Built-in types let a status update change labels and annotations, custom ones do not. */
function statusMetadata(
  type: ResourceType,
  before: KubeObject,
  next: KubeObject,
) {
  return type.custom
    ? before.metadata
    : {
        ...next.metadata,
        ownerReferences: before.metadata.ownerReferences,
        finalizers: next.metadata.finalizers,
      };
}

function countGeneration(
  type: ResourceType,
  object: KubeObject,
  before: KubeObject,
): void {
  if (!type.generation) {
    return;
  }
  const wanted = ({ metadata: _metadata, status, ...rest }: KubeObject) =>
    type.statusSubresource ? rest : { ...rest, status };
  if (!sameJson(wanted(object), wanted(before))) {
    object.metadata.generation = (before.metadata.generation ?? 0) + 1;
  }
}
