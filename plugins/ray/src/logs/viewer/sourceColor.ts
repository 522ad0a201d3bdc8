/**
 * Colors for what wrote a line, in both themes: the log is dark in both. Each has a contrast of
 * at least 4.5:1 on the backgrounds that a line can have.
 */
export const SOURCE_COLORS = [
  '#56d4dd',
  '#7ee787',
  '#f2cc60',
  '#ffa198',
  '#d2a8ff',
  '#a5d6ff',
  '#ffb77c',
  '#f5a8d0',
  '#b5e48c',
  '#9be8d8',
  '#c9c1ff',
  '#e3d5a8',
] as const;

/** The color of a source, which is always the same for its name. */
export function sourceColor(source: string): string {
  let hash = 0;
  for (const char of source) {
    // eslint-disable-next-line no-bitwise -- that is what a hash is made of
    hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  }
  return SOURCE_COLORS[hash % SOURCE_COLORS.length];
}
