import { notFound } from '../errors/statusErrors';
import { KubeObject } from '../model/KubeObject';
import { ResourceType } from '../model/ResourceType';
import { StoredObject } from '../store/StoredObject';
import { ApiContext, NamedTarget } from './ApiContext';

/** The stored object; throws NotFound. */
export function storedObject(
  context: ApiContext,
  { type, namespace, name }: NamedTarget,
): StoredObject {
  const stored = context.store.get(type.storage, namespace, name);
  if (!stored) {
    throw notFound(type, name);
  }
  return stored;
}

/** The object in the form of the version that was asked for. */
export function inVersion(type: ResourceType, object: KubeObject): KubeObject {
  return type.conversion ? type.conversion.fromStored(object) : object;
}

export function getObject(
  context: ApiContext,
  target: NamedTarget,
): KubeObject {
  return inVersion(target.type, storedObject(context, target).object);
}
