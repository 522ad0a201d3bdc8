const UTC = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/;
/** Length of a time as the kubelet writes it and as it is wanted. */
const NORMAL = '2026-11-23T21:06:21.123456789Z'.length;
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

/** Where the time at the head of a log line ends: at the first space. */
export function endOfStamp(text: string, start: number, end: number): number {
  if (text[start + NORMAL] === ' ' && start + NORMAL < end) {
    return start + NORMAL;
  }
  const space = text.indexOf(' ', start);
  return space < 0 || space > end ? end : space;
}

/**
 * The time that a part of a text is, in the form of {@link normalizeLogTime}.
 * The kubelet writes it in that form: a look at its shape spares every line of a
 * long log the parsing.
 */
export function timeBetween(
  text: string,
  start: number,
  end: number,
): string | undefined {
  const part = text.slice(start, end);
  return part.length === NORMAL &&
    part[10] === 'T' &&
    part[13] === ':' &&
    part[19] === '.' &&
    part[29] === 'Z'
    ? part
    : normalizeLogTime(part);
}

/** The whole second at or before a time: `sinceTime` knows nothing finer. */
export function floorToSecond(time: string): string {
  return `${time.slice(0, 19)}Z`;
}
