import { checkMetadataTypes } from '../admission/metadata';
import { badRequest } from '../errors/statusErrors';
import { asObject, asString } from '../model/json';
import { KubeObject } from '../model/KubeObject';
import { apiVersionOf } from '../model/ResourceType';
import { NamedTarget, Target } from './ApiContext';

/**
 * The body of a write as an object of the target's type.
 *
 * @throws {StatusError} when it is of another type, or names another object
 * than the path does
 */
export function checkBody(
  body: unknown,
  target: Target | NamedTarget,
): KubeObject {
  const { type, namespace } = target;
  const given = asObject(body);
  const expected = apiVersionOf(type);
  if (!given) {
    throw badRequest(
      `couldn't get version/kind; json parse error: json: cannot unmarshal into Go value of type struct { APIVersion string; Kind string }`,
    );
  }
  const apiVersion = asString(given.apiVersion) || expected;
  const kind = asString(given.kind) || type.kind;
  if (apiVersion !== expected) {
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  if (kind !== type.kind) {
    throw badRequest(
      `${kind} in version "${type.version}" cannot be handled as a ${type.kind}: no kind "${kind}" is registered for version "${expected}"`,
    );
  }
  const object = {
    ...given,
    apiVersion,
    kind,
    metadata: given.metadata ?? {},
  } as KubeObject;
  checkMetadataTypes(object);
  if (!type.namespaced && object.metadata.namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if (object.metadata.namespace && object.metadata.namespace !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if ('name' in target) {
    checkName(object, target.name);
  }
  return object;
}

function checkName(object: KubeObject, name: string): void {
  const given = object.metadata.name;
  if (given && given !== name) {
    throw badRequest(
      `the name of the object (${given}) does not match the name on the URL (${name})`,
    );
  }
  object.metadata = { ...object.metadata, name };
}
