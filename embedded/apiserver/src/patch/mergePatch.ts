import { asObject, JsonObject, JsonValue } from '../model/json';

/** JSON merge patch (RFC 7386). Leaves its arguments as they are. */
export function mergePatch(
  target: JsonValue | undefined,
  patch: JsonValue,
): JsonValue {
  const changes = asObject(patch);
  if (!changes) {
    return patch;
  }
  const result: JsonObject = { ...asObject(target) };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === undefined) {
      delete result[key];
    } else {
      result[key] = mergePatch(result[key], value);
    }
  }
  return result;
}
