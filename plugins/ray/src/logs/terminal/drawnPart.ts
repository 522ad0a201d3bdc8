/** The most characters of a line that are drawn. A page of such lines is drawn in less than a second. */
export const MOST_DRAWN = 20_000;

/** The part of a line that is drawn, and what says how much there is beside it. */
export interface DrawnPart {
  readonly text: string;
  readonly before?: string;
  readonly after?: string;
}

const mark = (count: number) =>
  `[… ${count.toLocaleString()} more characters: to get the whole line, click its number and copy it]`;

/**
 * The beginning of a line that is too long to be drawn; of one that a program overwrote again and
 * again, such as a progress bar, its latest states.
 */
export function drawnPart(line: string): DrawnPart {
  const more = line.length - MOST_DRAWN;
  if (more <= 0) {
    return { text: line };
  }
  const redrawn = line.indexOf('\r', more);
  if (redrawn >= 0 && redrawn < line.length - 1) {
    return { before: mark(redrawn), text: line.slice(redrawn + 1) };
  }
  return { text: line.slice(0, MOST_DRAWN), after: mark(more) };
}
