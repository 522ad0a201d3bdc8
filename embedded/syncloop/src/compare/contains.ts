function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Nothing, as a server leaves it out: null, an empty object or list. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}

/**
 * Whether everything wanted is there. More may be there: what the server fills
 * in and what others own.
 */
export function contains(live: unknown, wanted: unknown): boolean {
  if (isEmpty(wanted) && isEmpty(live)) return true;
  if (isRecord(wanted)) {
    return (
      isRecord(live) &&
      Object.entries(wanted).every(([name, value]) =>
        contains(live[name], value),
      )
    );
  }
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(live) &&
      live.length === wanted.length &&
      wanted.every((item, index) => contains(live[index], item))
    );
  }
  return live === wanted;
}
