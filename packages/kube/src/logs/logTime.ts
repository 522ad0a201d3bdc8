const UTC = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/;
/** Length of a time as the kubelet writes it and as it is wanted. */
const NORMAL = '2026-11-23T21:06:21.123456789Z'.length;
/** Bytes before the text of a line: its time, and a space. */
export const STAMP = NORMAL + 1;
const OFFSET =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([+-]\d\d:\d\d)$/;

/**
 * A timestamp of the kubelet in the one form in which text order is time order:
 * UTC with nine digits. `undefined` for text that is no timestamp.
 */
export function normalizeLogTime(text: string): string | undefined {
  const utc = UTC.exec(text);
  if (utc) {
    return `${utc[1]}.${(utc[2] ?? '').padEnd(9, '0')}Z`;
  }
  const offset = OFFSET.exec(text);
  if (!offset) {
    return undefined;
  }
  const seconds = new Date(`${offset[1]}${offset[3]}`).toISOString();
  return `${seconds.slice(0, 19)}.${(offset[2] ?? '').padEnd(9, '0')}Z`;
}

/**
 * Length of the time at the head of a log line: up to the first space. That the
 * kubelet writes it in one form is used here: a look at its shape spares every
 * line of a long log the search.
 */
export function stampLength(text: string, start: number, end: number): number {
  if (start + NORMAL <= end && isNormal(text, start)) {
    return NORMAL;
  }
  const space = text.indexOf(' ', start);
  return (space < 0 || space > end ? end : space) - start;
}

/** The time at a place in a text, in the form of {@link normalizeLogTime}. */
export function timeAt(
  text: string,
  start: number,
  length: number,
): string | undefined {
  const part = text.slice(start, start + length);
  return length === NORMAL && isNormal(text, start)
    ? part
    : normalizeLogTime(part);
}

/** True for what has the shape of a time with nine digits, and ends there. */
function isNormal(text: string, start: number): boolean {
  const after = text[start + NORMAL];
  return (
    text[start + 10] === 'T' &&
    text[start + 13] === ':' &&
    text[start + 19] === '.' &&
    text[start + 29] === 'Z' &&
    (after === ' ' || after === '\n' || after === undefined)
  );
}

/** The whole second at or before a time: `sinceTime` knows nothing finer. */
export function floorToSecond(time: string): string {
  return `${time.slice(0, 19)}Z`;
}
