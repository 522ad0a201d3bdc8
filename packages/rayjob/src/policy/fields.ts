/** One field of a manifest, wherever it stands. */
export interface Field {
  readonly key: string;
  readonly value: unknown;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands at a path of an object that nobody has checked. */
export function fieldAt(root: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (isObject(found) ? found[key] : undefined),
    root,
  );
}

/** The items of a list that nobody has checked. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * Every field at every depth, so that a rule about a field holds also where a
 * later KubeRay puts that field. It recurses into nothing, since a manifest can
 * be nested deeper than the stack is.
 *
 * @param seen - what was walked through before; it is left out, and added to
 */
export function* eachField(
  root: unknown,
  seen: Set<unknown>,
): Generator<Field> {
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) {
      continue;
    }
    seen.add(value);
    if (isObject(value)) {
      yield* Object.entries(value).map(([key, item]) => ({ key, value: item }));
    }
    waiting.push(...Object.values(value).reverse());
  }
}
