import { asArray, asObject, JsonObject } from '../model/json';
import { Schema } from './Schema';

/**
 * Removes fields that the schema does not have, and null where it has a
 * default; answers with the paths of the unknown fields.
 */
export function prune(value: unknown, schema: Schema, path = ''): string[] {
  const list = asArray(value);
  const { items } = schema;
  if (list) {
    return items
      ? list.flatMap((item, i) => prune(item, items, `${path}[${i}]`))
      : [];
  }
  const object = asObject(value);
  return object ? pruneObject(object, schema, path) : [];
}

function pruneObject(
  object: JsonObject,
  schema: Schema,
  path: string,
): string[] {
  return Object.entries(object).flatMap(([key, field]) => {
    const at = path ? `${path}.${key}` : key;
    const declared =
      schema.properties && Object.hasOwn(schema.properties, key)
        ? schema.properties[key]
        : schema.additionalProperties;
    if (!declared) {
      return isOpen(schema) ? [] : remove(object, key, at);
    }
    if (field === null && declared.default !== undefined) {
      delete object[key];
      return [];
    }
    return prune(field, declared, at);
  });
}

function isOpen(schema: Schema): boolean {
  return (
    schema['x-kubernetes-preserve-unknown-fields'] === true ||
    schema.properties === undefined
  );
}

function remove(object: JsonObject, key: string, path: string): string[] {
  delete object[key];
  return [path];
}
