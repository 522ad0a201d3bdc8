import { notFound } from '../errors/statusErrors';
import { KubeObject } from '../model/KubeObject';
import { StoredObject } from '../store/StoredObject';
import { ApiContext, NamedTarget } from './ApiContext';

/** @throws {StatusError} when there is no such object */
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

export function getObject(
  context: ApiContext,
  target: NamedTarget,
): KubeObject {
  return storedObject(context, target).object;
}
