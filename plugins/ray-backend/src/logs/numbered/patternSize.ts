/**
 * What a pattern consists of: quoted text, an escape, a class of characters, a count
 * (`{2,30}`), or any other character.
 */
const TOKEN =
  /\\Q[\s\S]*?(?:\\E|$)|\\[pPx]\{[^}]*\}|\\[\s\S]|\[\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]|\{(\d+)(?:,(\d*))?\}|[\s\S]/gu;

/**
 * How large a pattern of RE2 is with its counts written out, at least half of what it is
 * compiled to. Known before it is compiled, which takes long for a large one.
 */
export function patternSize(pattern: string): number {
  /** Sizes of the groups around the place, from the outermost. */
  const groups = [0];
  let last = 0;
  const add = (size: number) => {
    groups[groups.length - 1] += size;
    last = size;
  };
  for (const [token, least, most] of pattern.matchAll(TOKEN)) {
    if (token === '(') {
      groups.push(1);
    } else if (token === ')' && groups.length > 1) {
      add((groups.pop() ?? 0) + 1);
    } else if (least !== undefined) {
      // Without an end, the last one is repeated.
      const end = most === '' ? Number(least) + 1 : Number(most ?? least);
      const times = Math.max(1, end);
      const size = last * times;
      add(size - last);
      last = size;
    } else {
      add(token.startsWith('\\Q') ? token.length : 1);
    }
  }
  return groups.reduce((sum, size) => sum + size, 0);
}
