import {
  badRequest,
  notFound,
  unsupportedMediaType,
} from '../errors/statusErrors';
import { asObject, JsonObject, JsonValue } from '../model/json';
import { KubeObject } from '../model/KubeObject';
import { ResourceType } from '../model/ResourceType';
import { jsonPatch } from '../patch/jsonPatch';
import { mergePatch } from '../patch/mergePatch';
import { strategicMerge } from '../patch/strategicMerge';
import { schemaOf } from '../schemas/schemaOf';
import { ApiContext, NamedTarget, WriteOptions } from './ApiContext';
import { checkBody } from './checkBody';
import { replaceObject } from './updateObject';

export const JSON_PATCH = 'application/json-patch+json';
export const MERGE_PATCH = 'application/merge-patch+json';
export const STRATEGIC_PATCH = 'application/strategic-merge-patch+json';
export const APPLY_PATCH = 'application/apply-patch+yaml';

/** Media types of patches that the type takes. */
export function patchTypes(type: ResourceType): readonly string[] {
  return type.custom
    ? [JSON_PATCH, MERGE_PATCH, APPLY_PATCH]
    : [JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH, APPLY_PATCH];
}

/** Changes the object as the patch says; every kind of patch but apply. */
export function patchObject(
  context: ApiContext,
  target: NamedTarget,
  contentType: string,
  patch: JsonValue,
  options: WriteOptions,
): KubeObject {
  const { type, namespace, name } = target;
  const current = context.store.get(type.storage, namespace, name);
  if (!current) {
    throw notFound(type, name);
  }
  const after = asObject(patched(type, contentType, current.object, patch));
  if (!after) {
    throw badRequest('the patch leaves no object');
  }
  const next = checkBody(after, target);
  return replaceObject(context, target, current, next, options);
}

function patched(
  type: ResourceType,
  contentType: string,
  before: KubeObject,
  patch: JsonValue,
): JsonValue {
  const target = before as unknown as JsonObject;
  if (contentType === JSON_PATCH) {
    return jsonPatch(target, patch);
  }
  const changes = asObject(patch);
  if (!changes) {
    throw badRequest(
      'json: cannot unmarshal array into Go value of type map[string]interface {}',
    );
  }
  if (contentType === MERGE_PATCH) {
    return mergePatch(target, patch);
  }
  if (contentType === STRATEGIC_PATCH && !type.custom) {
    return strategicMerge(target, changes, schemaOf(type));
  }
  throw unsupportedMediaType(patchTypes(type));
}
