function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An object with a JSON merge patch applied to it (RFC 7386). What comes out has
 * the shape that the patch was made to give it.
 */
export function applyMergePatch<T extends object>(target: T, patch: object): T {
  const result = Object.fromEntries(Object.entries(target));
  for (const [key, value] of Object.entries(patch)) {
    const old = result[key];
    if (value === null) {
      delete result[key];
    } else if (isObject(value)) {
      result[key] = applyMergePatch(isObject(old) ? old : {}, value);
    } else {
      result[key] = value;
    }
  }
  return result as T;
}
