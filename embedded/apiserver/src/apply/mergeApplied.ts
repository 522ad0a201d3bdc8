import { asObject, JsonValue } from '../model/json';
import { interleave } from '../patch/interleave';
import { Schema } from '../schemas/Schema';
import { FieldSet } from './FieldSet';
import { fromParts, Part, partsOf } from './parts';

/** Lays what a manager applies over what is there. */
export function mergeApplied(
  live: JsonValue | undefined,
  applied: JsonValue,
  schema: Schema | undefined,
): JsonValue {
  const existing = partsOf(live, schema);
  const wanted = partsOf(applied, schema);
  if (!existing || !wanted || Array.isArray(live) !== Array.isArray(applied)) {
    return applied;
  }
  const merged = new Map<string, Part>();
  for (const step of interleave([...existing.keys()], [...wanted.keys()])) {
    const theirs = existing.get(step);
    const ours = wanted.get(step);
    const part = ours
      ? {
          ...ours,
          value: mergeApplied(theirs?.value, ours.value, ours.schema),
        }
      : theirs;
    if (part) {
      merged.set(step, part);
    }
  }
  return fromParts(merged, applied);
}

/**
 * Takes fields away, but for what lies below fields that are kept. What is
 * emptied by that goes too. Undefined when nothing is left.
 */
export function removeFields(
  value: JsonValue,
  fields: FieldSet,
  kept: FieldSet,
  schema: Schema | undefined,
): JsonValue | undefined {
  const parts = partsOf(value, schema);
  if (!parts) {
    return fields.member && kept.isEmpty ? undefined : value;
  }
  const left = new Map<string, Part>();
  for (const [step, part] of parts) {
    const gone = fields.children.get(step);
    const safe = kept.children.get(step) ?? FieldSet.EMPTY;
    const rest = gone ? remaining(step, part, gone, safe) : part.value;
    if (rest !== undefined) {
      left.set(step, { ...part, value: rest });
    }
  }
  return left.size === 0 && parts.size > 0 && !kept.member
    ? undefined
    : fromParts(left, value);
}

function remaining(
  step: string,
  part: Part,
  gone: FieldSet,
  safe: FieldSet,
): JsonValue | undefined {
  if (gone.member && safe.isEmpty) {
    return undefined;
  }
  const rest = removeFields(part.value, gone, safe, part.schema);
  // An item that stays for another owner stays with its keys.
  return step.startsWith('k:') && asObject(rest)
    ? { ...JSON.parse(step.slice(2)), ...asObject(rest) }
    : rest;
}
