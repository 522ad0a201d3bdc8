import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';

/** Characters at the beginning of a line where its time can be. */
const HEAD = 100;
/** Characters at the end of a line that tell most lines from each other. */
const TAIL = 8;

/**
 * A time as loggers write it: with a date (`2026-11-23 21:06:21,123`), as glog does
 * (`W1123 21:06:21.123456`), or alone at the beginning of the line (`[21:06:21]`).
 */
const STAMP =
  /(?:\d{4}[-/]\d{2}[-/]\d{2}[T ]|\b[DIWEF]\d{4} |^\W{0,2})\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2}\b)?/;

function sameText(a: string, b: string): boolean {
  if (a === b) {
    return true;
  }
  if (a.length !== b.length || !a.endsWith(b.slice(-TAIL))) {
    return false;
  }
  const [start, other] = [a.slice(0, HEAD), b.slice(0, HEAD)];
  return (
    a.slice(HEAD) === b.slice(HEAD) &&
    start.replace(STAMP, '') === other.replace(STAMP, '')
  );
}

/** Whether a line is equal to the one before it, apart from the time in both. */
export function isRepeat(before: LogLine, after: LogLine): boolean {
  return before.source === after.source && sameText(before.text, after.text);
}
