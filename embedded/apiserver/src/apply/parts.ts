import { asArray, asObject, JsonValue } from '../model/json';
import { Schema } from '../schemas/Schema';
import { fieldSchema, isDeclared, isDivided, itemSteps } from './structure';

/** A part of a value that can have an owner of its own. */
export interface Part {
  readonly value: JsonValue;
  readonly schema: Schema | undefined;
  /** The part is something by itself, besides its fields. */
  readonly whole: boolean;
}

/**
 * The parts of a value by their steps (see FieldSet), or undefined where the
 * value is one whole.
 */
export function partsOf(
  value: JsonValue | undefined,
  schema: Schema | undefined,
): ReadonlyMap<string, Part> | undefined {
  const object = asObject(value);
  if (object && isDivided(schema)) {
    const parts = new Map<string, Part>();
    for (const [key, field] of Object.entries(object)) {
      if (field !== undefined) {
        parts.set(`f:${key}`, {
          value: field,
          schema: fieldSchema(schema, key),
          // An entry of a map is something by itself; a struct's field is not.
          whole: Boolean(asObject(field)) && !isDeclared(schema, key),
        });
      }
    }
    return parts;
  }
  const list = asArray(value);
  const steps = list && itemSteps(list, schema);
  return (
    steps &&
    new Map(
      steps.map((step, i) => [
        step,
        { value: list[i], schema: schema?.items, whole: true },
      ]),
    )
  );
}

/** A value of the same sort as `like`, put together from parts. */
export function fromParts(
  parts: ReadonlyMap<string, Part>,
  like: JsonValue,
): JsonValue {
  return Array.isArray(like)
    ? [...parts.values()].map(part => part.value)
    : Object.fromEntries(
        [...parts].map(([step, part]) => [step.slice(2), part.value]),
      );
}
