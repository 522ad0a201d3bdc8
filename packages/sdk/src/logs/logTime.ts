const UTC = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/;
/** As nearly every runtime writes it, and as it is wanted. */
const NORMAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/;
const OFFSET =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([+-]\d\d:\d\d)$/;

/**
 * A timestamp of the kubelet in the one form in which text order is time order:
 * UTC with nine digits. `undefined` for text that is no timestamp.
 */
export function normalizeLogTime(text: string): string | undefined {
  if (NORMAL.test(text)) {
    return text;
  }
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

/** The whole second at or before a time: `sinceTime` knows nothing finer. */
export function floorToSecond(time: string): string {
  return `${time.slice(0, 19)}Z`;
}
