import { asObject, JsonValue } from '../model/json';
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
  for (const [step, part] of orderedParts(existing, wanted)) {
    const ours = wanted.get(step);
    merged.set(
      step,
      ours
        ? {
            ...ours,
            value: mergeApplied(
              existing.get(step)?.value,
              ours.value,
              ours.schema,
            ),
          }
        : part,
    );
  }
  return fromParts(merged, applied);
}

/** What is wanted in its own order; what is only there keeps its place before what followed it. */
function orderedParts(
  existing: ReadonlyMap<string, Part>,
  wanted: ReadonlyMap<string, Part>,
): Map<string, Part> {
  const ordered = new Map<string, Part>();
  const there = [...existing];
  let next = 0;
  for (const [step, part] of wanted) {
    const at = there.findIndex(([other], i) => i >= next && other === step);
    if (at >= 0) {
      for (const [other, kept] of there.slice(next, at)) {
        if (!wanted.has(other)) {
          ordered.set(other, kept);
        }
      }
      next = at + 1;
    }
    ordered.set(step, part);
  }
  for (const [other, kept] of there) {
    if (!wanted.has(other) && !ordered.has(other)) {
      ordered.set(other, kept);
    }
  }
  return ordered;
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
