/** Pods by name: the first, and how many there are beside it. */
export function namedPods([first, ...others]: readonly string[]): string {
  const more =
    others.length === 1 ? '1 more pod' : `${others.length} more pods`;
  return others.length > 0 ? `${first} and ${more}` : first;
}
