import { JsonObject, JsonValue } from '@backstage/types';

export type { JsonObject, JsonValue };

/** The value as a JSON object, or undefined where it is anything else. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

export function asArray(value: unknown): JsonValue[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** The objects of a list; empty where the value is no list. */
export function asObjects(value: unknown): JsonObject[] {
  return (asArray(value) ?? [])
    .map(asObject)
    .filter((one): one is JsonObject => one !== undefined);
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Reads `spec.nodeName` and the like; keys with dots cannot be read so. */
export function getPath(value: unknown, path: string): JsonValue | undefined {
  let current: unknown = value;
  for (const key of path.split('.')) {
    current = asObject(current)?.[key];
  }
  return current as JsonValue | undefined;
}

/** The object at the key, made where there is none. */
export function ensureObject(parent: JsonObject, key: string): JsonObject {
  const existing = asObject(parent[key]);
  if (existing) {
    return existing;
  }
  const made: JsonObject = {};
  parent[key] = made;
  return made;
}

/** Sets a field only where the sender left it out. */
export function setDefault(
  parent: JsonObject,
  key: string,
  value: JsonValue,
): void {
  if (parent[key] === undefined || parent[key] === null) {
    parent[key] = value;
  }
}

export function cloneJson<T>(value: T): T {
  return structuredClone(value);
}

/** Whether two JSON values say the same; absent and undefined fields are equal. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  }
  const left = asObject(a);
  const right = asObject(b);
  if (!left || !right) {
    return false;
  }
  const keys = Object.keys(left).filter(key => left[key] !== undefined);
  return (
    keys.length ===
      Object.keys(right).filter(key => right[key] !== undefined).length &&
    keys.every(key => sameJson(left[key], right[key]))
  );
}

/** Removes fields that are null, as decoding into Kubernetes' Go types does. */
export function dropNulls(value: unknown): void {
  if (Array.isArray(value)) {
    value.forEach(dropNulls);
  }
  const object = asObject(value) ?? {};
  for (const [key, field] of Object.entries(object)) {
    if (field === null) {
      delete object[key];
    } else {
      dropNulls(field);
    }
  }
}
