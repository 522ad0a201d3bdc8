import { asObject, JsonObject, JsonValue } from '../model/json';
import { Schema } from '../schemas/Schema';

/**
 * How a schema divides a value into parts that can have different owners. What
 * has no schema is a map with separate fields, or a list that is one whole.
 */

/** The schema of an object's field. */
export function fieldSchema(
  schema: Schema | undefined,
  key: string,
): Schema | undefined {
  const declared = schema?.properties;
  return declared && Object.hasOwn(declared, key)
    ? declared[key]
    : schema?.additionalProperties;
}

/** Whether the object's fields have owners of their own. */
export function isDivided(schema: Schema | undefined): boolean {
  return schema?.['x-kubernetes-map-type'] !== 'atomic';
}

/** Whether the key is a field of a struct and not an entry of a map. */
export function isDeclared(schema: Schema | undefined, key: string): boolean {
  return Boolean(schema?.properties && Object.hasOwn(schema.properties, key));
}

/**
 * The step to each item of a list whose items have owners of their own, or
 * undefined where the list is one whole or an item lacks its keys.
 */
export function itemSteps(
  list: readonly JsonValue[],
  schema: Schema | undefined,
): string[] | undefined {
  const steps = list.map(item => itemStep(item, schema));
  return steps.every((step): step is string => step !== undefined) &&
    new Set(steps).size === steps.length &&
    isKeyed(schema)
    ? steps
    : undefined;
}

function isKeyed(schema: Schema | undefined): boolean {
  return ['map', 'set'].includes(schema?.['x-kubernetes-list-type'] ?? '');
}

function itemStep(
  item: JsonValue,
  schema: Schema | undefined,
): string | undefined {
  const type = schema?.['x-kubernetes-list-type'];
  if (type === 'set') {
    return `v:${JSON.stringify(item)}`;
  }
  const given = asObject(item);
  if (type !== 'map' || !given) {
    return undefined;
  }
  const keys: JsonObject = {};
  for (const key of [
    ...(schema?.['x-kubernetes-list-map-keys'] ?? []),
  ].sort()) {
    const value = given[key] ?? schema?.items?.properties?.[key]?.default;
    if (value !== undefined) {
      keys[key] = value;
    }
  }
  return Object.keys(keys).length > 0 ? `k:${JSON.stringify(keys)}` : undefined;
}
