import { Schema } from './Schema';

/** Short names for the parts that schemas are made of. */

export const string: Schema = { type: 'string' };
export const boolean: Schema = { type: 'boolean' };
export const number: Schema = { type: 'number' };
export const int32: Schema = { type: 'integer', format: 'int32' };
export const int64: Schema = { type: 'integer', format: 'int64' };
export const time: Schema = { type: 'string', format: 'date-time' };
export const intOrString: Schema = { 'x-kubernetes-int-or-string': true };
export const quantity: Schema = {
  'x-kubernetes-int-or-string': true,
  pattern:
    '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$',
};
/** Any object, kept as it is. */
export const anything: Schema = {
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
};

export function oneOf(...values: readonly string[]): Schema {
  return { type: 'string', enum: values };
}

/** An object of which we know all fields. */
export function object(
  properties: Readonly<Record<string, Schema>>,
  more: Schema = {},
): Schema {
  return { type: 'object', properties, ...more };
}

/** An object of which we know some fields; the others are kept as they are. */
export function openObject(
  properties: Readonly<Record<string, Schema>>,
  more: Schema = {},
): Schema {
  return object(properties, {
    'x-kubernetes-preserve-unknown-fields': true,
    ...more,
  });
}

export function mapOf(value: Schema, more: Schema = {}): Schema {
  return { type: 'object', additionalProperties: value, ...more };
}

export const stringMap = mapOf(string);

/** A list that is replaced as a whole. */
export function listOf(items: Schema, more: Schema = {}): Schema {
  return { type: 'array', items, ...more };
}

export function atomicList(items: Schema, more: Schema = {}): Schema {
  return listOf(items, { 'x-kubernetes-list-type': 'atomic', ...more });
}

/** A list without duplicates whose items have owners of their own. */
export function setOf(items: Schema): Schema {
  return listOf(items, {
    'x-kubernetes-list-type': 'set',
    'x-kubernetes-patch-strategy': 'merge',
  });
}

/**
 * A list whose items are told apart by some of their fields. A strategic merge
 * patch goes by the first of them.
 */
export function keyedList(keys: readonly string[], items: Schema): Schema {
  return listOf(items, {
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': keys,
    'x-kubernetes-patch-merge-key': keys[0],
    'x-kubernetes-patch-strategy': 'merge',
  });
}
