/** Fields of an object in a file that anybody may have written. */
export type Fields = Readonly<Record<string, unknown>>;

/** No fields where it isn't an object. */
export function asObject(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text, or a number or truth value that YAML took it for; undefined where empty. */
export function asText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value || undefined;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return undefined;
  }
}
