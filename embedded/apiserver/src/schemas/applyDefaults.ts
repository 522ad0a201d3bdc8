import { asArray, asObject, cloneJson } from '../model/json';
import { Schema } from './Schema';

/** Fills in the schema's defaults, inside the objects that are there. */
export function applyDefaults(value: unknown, schema: Schema): void {
  const { items, properties, additionalProperties } = schema;
  if (items) {
    asArray(value)?.forEach(item => applyDefaults(item, items));
  }
  const object = asObject(value);
  if (!object) {
    return;
  }
  for (const [key, property] of Object.entries(properties ?? {})) {
    if (object[key] === undefined && property.default !== undefined) {
      object[key] = cloneJson(property.default);
    }
    applyDefaults(object[key], property);
  }
  if (additionalProperties) {
    for (const field of Object.values(object)) {
      applyDefaults(field, additionalProperties);
    }
  }
}
