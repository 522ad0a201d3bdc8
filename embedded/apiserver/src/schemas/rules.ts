import { StatusCause } from '../errors/StatusError';
import { asArray, asObject, JsonValue } from '../model/json';
import { Schema } from './Schema';
import { typeName } from './validator';

/** What the rules of a schema refuse; they run on values that fit the schema. */
export function ruleErrors(
  value: JsonValue | undefined,
  previous: JsonValue | undefined,
  schema: Schema,
  path = '',
): StatusCause[] {
  if (value === undefined || value === null) {
    return [];
  }
  const own = (schema['x-kubernetes-validations'] ?? [])
    .filter(rule => !rule.transition || previous !== undefined)
    .filter(rule => !rule.holds(value, previous))
    .map(rule => ({
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${printed(value)}: ${rule.message}`,
      field: path,
    }));
  return [...own, ...inside(value, previous, schema, path)];
}

/** Values of structs are not printed, only named. */
function printed(value: JsonValue): string {
  return typeof value === 'string'
    ? JSON.stringify(value)
    : `"${typeName(value)}"`;
}

function inside(
  value: JsonValue,
  previous: JsonValue | undefined,
  schema: Schema,
  path: string,
): StatusCause[] {
  const { items, properties, additionalProperties } = schema;
  const list = asArray(value);
  if (list && items) {
    // Items have no identity over time, so that no rule compares them.
    return list.flatMap((item, i) =>
      ruleErrors(item, undefined, items, `${path}[${i}]`),
    );
  }
  return Object.entries(asObject(value) ?? {}).flatMap(([key, field]) => {
    const inner =
      properties && Object.hasOwn(properties, key)
        ? properties[key]
        : additionalProperties;
    return inner
      ? ruleErrors(
          field,
          asObject(previous)?.[key],
          inner,
          path ? `${path}.${key}` : key,
        )
      : [];
  });
}
