/** How many letters have to be put in, taken out or changed. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const change = from[i - 1] === to[j - 1] ? 0 : 1;
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + change);
    }
    row = next;
  }
  return row[to.length];
}

const simple = (name: string) => name.toLowerCase().replace(/[_-]/g, '');

/** The name that somebody may have meant; the first of several as close. */
export function closestName(
  typed: string,
  names: readonly string[],
): string | undefined {
  const near = names
    .map(name => ({ name, far: distance(simple(typed), simple(name)) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(name.length / 3)));
  const least = Math.min(...near.map(({ far }) => far));
  return near.find(({ far }) => far === least)?.name;
}
