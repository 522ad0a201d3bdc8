/** A range of a text. `end` is excluded. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Finds what a search found in the text of a line. */
export type FindRanges = (text: string) => readonly TextRange[];

export const findNothing: FindRanges = () => [];

/** Finds a text in others, literally. */
export function textFinder(query: string, matchCase: boolean): FindRanges {
  if (!query) {
    return findNothing;
  }
  const literal = query.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const pattern = new RegExp(literal, matchCase ? 'gu' : 'giu');
  return text =>
    Array.from(text.matchAll(pattern), ({ index, 0: found }) => ({
      start: index,
      end: index + found.length,
    }));
}
