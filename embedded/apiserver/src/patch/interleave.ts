/**
 * One order for two lists of keys: the wanted ones in their own order, and
 * what is only there before the wanted one that it stood before.
 */
export function interleave(
  existing: readonly string[],
  wanted: readonly string[],
): string[] {
  const isWanted = new Set(wanted);
  const ordered = new Set<string>();
  let next = 0;
  for (const key of wanted) {
    const at = existing.indexOf(key, next);
    if (at >= 0) {
      existing
        .slice(next, at)
        .filter(other => !isWanted.has(other))
        .forEach(other => ordered.add(other));
      next = at + 1;
    }
    ordered.add(key);
  }
  existing
    .filter(other => !isWanted.has(other))
    .forEach(other => ordered.add(other));
  return [...ordered];
}
