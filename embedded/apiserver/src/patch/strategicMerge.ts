import { fieldSchema } from '../apply/structure';
import { asArray, asObject, JsonObject, JsonValue } from '../model/json';
import { Schema } from '../schemas/Schema';
import { interleave } from './interleave';

/**
 * Kubernetes' strategic merge patch: a merge patch that joins the lists which
 * the schema says are joined, with the directives `$patch`, `$retainKeys`,
 * `$setElementOrder/…` and `$deleteFromPrimitiveList/…`. Leaves its arguments
 * as they are.
 */
export function strategicMerge(
  target: JsonObject,
  patch: JsonObject,
  schema: Schema | undefined,
): JsonObject {
  if (patch.$patch === 'replace') {
    return withoutDirectives(patch);
  }
  if (patch.$patch === 'delete') {
    return {};
  }
  const retained = asArray(patch.$retainKeys);
  const result: JsonObject = Object.fromEntries(
    Object.entries(target).filter(
      ([key]) => !retained || retained.includes(key),
    ),
  );
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$deleteFromPrimitiveList/')) {
      const field = key.slice(key.indexOf('/') + 1);
      const gone = asArray(value) ?? [];
      result[field] = (asArray(result[field]) ?? []).filter(
        one => !gone.includes(one),
      );
    }
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) {
      continue;
    }
    if (value === null || value === undefined) {
      delete result[key];
    } else {
      result[key] = mergeValue(
        result[key],
        value,
        fieldSchema(schema, key),
        asArray(patch[`$setElementOrder/${key}`]),
      );
    }
  }
  return reordered(result, patch, schema);
}

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(patch).filter(([key]) => !key.startsWith('$')),
  );
}

function mergeValue(
  target: JsonValue | undefined,
  patch: JsonValue,
  schema: Schema | undefined,
  order: JsonValue[] | undefined,
): JsonValue {
  const object = asObject(patch);
  if (object) {
    return strategicMerge(asObject(target) ?? {}, object, schema);
  }
  const list = asArray(patch);
  if (!list || schema?.['x-kubernetes-patch-strategy'] !== 'merge') {
    return patch;
  }
  const key = schema['x-kubernetes-patch-merge-key'];
  const existing = asArray(target) ?? [];
  return key
    ? mergeItems(existing, list, key, schema, order)
    : [...existing, ...list.filter(one => !existing.includes(one))];
}

function mergeItems(
  existing: readonly JsonValue[],
  patch: readonly JsonValue[],
  key: string,
  schema: Schema,
  order: JsonValue[] | undefined,
): JsonValue[] {
  const changes = patch.map(item => asObject(item) ?? {});
  if (changes.some(item => item.$patch === 'replace' && !(key in item))) {
    return changes.filter(item => !('$patch' in item));
  }
  const items = new Map(existing.map(item => [keyOf(item, key), item]));
  for (const change of changes) {
    const id = keyOf(change, key);
    if (change.$patch === 'delete') {
      items.delete(id);
    } else {
      const { $patch, ...fields } = change;
      const before =
        $patch === 'replace' ? {} : (asObject(items.get(id)) ?? {});
      items.set(id, strategicMerge(before, fields, schema.items));
    }
  }
  return order ? sorted(items, order, key) : [...items.values()];
}

/** Lists whose order alone the patch speaks of. */
function reordered(
  result: JsonObject,
  patch: JsonObject,
  schema: Schema | undefined,
): JsonObject {
  for (const [directive, value] of Object.entries(patch)) {
    const [name, field] = directive.split('/');
    const order = asArray(value);
    const list = asArray(result[field]);
    if (name === '$setElementOrder' && order && list) {
      const key = fieldSchema(schema, field)?.['x-kubernetes-patch-merge-key'];
      const items = new Map(list.map(item => [keyOf(item, key), item]));
      result[field] = sorted(items, order, key);
    }
  }
  return result;
}

function sorted(
  items: ReadonlyMap<string, JsonValue>,
  order: readonly JsonValue[],
  key: string | undefined,
): JsonValue[] {
  const wanted = order.map(item => keyOf(item, key));
  return interleave([...items.keys()], wanted)
    .map(id => items.get(id))
    .filter((item): item is JsonValue => item !== undefined);
}

function keyOf(item: JsonValue, key: string | undefined): string {
  const object = asObject(item);
  return JSON.stringify(object && key ? object[key] : item) ?? '';
}
