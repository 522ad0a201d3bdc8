import { JsonValue, sameJson } from '../model/json';
import { Schema } from '../schemas/Schema';
import { FieldSet } from './FieldSet';
import { partsOf } from './parts';

/** All fields of a value that can be owned. */
export function fieldsOf(
  value: JsonValue | undefined,
  schema: Schema | undefined,
): FieldSet {
  const parts = partsOf(value, schema);
  if (!parts?.size) {
    return FieldSet.LEAF;
  }
  return FieldSet.of(
    false,
    [...parts].map(([step, part]) => {
      const fields = fieldsOf(part.value, part.schema);
      return [step, part.whole ? fields.union(FieldSet.LEAF) : fields] as const;
    }),
  );
}

/** What differs between two values. */
export interface Difference {
  /** Fields that are new, or have another value. */
  readonly changed: FieldSet;
  readonly removed: FieldSet;
}

const NOTHING: Difference = {
  changed: FieldSet.EMPTY,
  removed: FieldSet.EMPTY,
};

export function difference(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  schema: Schema | undefined,
): Difference {
  if (sameJson(before, after)) {
    return NOTHING;
  }
  if (before === undefined) {
    return { changed: fieldsOf(after, schema), removed: FieldSet.EMPTY };
  }
  if (after === undefined) {
    return { changed: FieldSet.EMPTY, removed: fieldsOf(before, schema) };
  }
  const parts = partsOf(before, schema);
  const newParts = partsOf(after, schema);
  if (!parts?.size || !newParts?.size) {
    const changed = fieldsOf(after, schema);
    return { changed, removed: fieldsOf(before, schema).subtract(changed) };
  }
  const changed: [string, FieldSet][] = [];
  const removed: [string, FieldSet][] = [];
  for (const step of new Set([...parts.keys(), ...newParts.keys()])) {
    const old = parts.get(step);
    const now = newParts.get(step);
    const part = now ?? old;
    const inner = difference(old?.value, now?.value, part?.schema);
    const whole = part?.whole ? FieldSet.LEAF : FieldSet.EMPTY;
    changed.push([step, old ? inner.changed : inner.changed.union(whole)]);
    removed.push([step, now ? inner.removed : inner.removed.union(whole)]);
  }
  return {
    changed: FieldSet.of(false, changed),
    removed: FieldSet.of(false, removed),
  };
}
