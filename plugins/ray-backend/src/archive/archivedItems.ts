import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';
import type { LogEvent } from '../logs/logTypes';
import { linesIn } from '../logs/numbered/chunkLines';
import type { WrittenLog } from '../logs/numbered/numberedTypes';

/** A line and how many there are in the archive up to it, or what is missing. */
export type Item =
  | { readonly line: LogLine; readonly number: number }
  | { readonly reason: string; readonly lines?: number };

/** What comes out of a log for these. */
export function* eventsOf(
  items: readonly Item[],
  attempt: number,
): Generator<LogEvent> {
  let lines: LogLine[] = [];
  let number = 0;
  const batch = (): LogEvent[] =>
    lines.length > 0
      ? [
          {
            type: 'lines',
            lines,
            cursor: { kind: 'archive', attempt, lines: number },
          },
        ]
      : [];
  for (const item of items) {
    if ('line' in item) {
      lines.push(item.line);
      ({ number } = item);
    } else {
      yield* batch();
      lines = [];
      yield { type: 'gap', ...item };
    }
  }
  yield* batch();
}

export function lastOf<T>(items: readonly T[], count: number): T[] {
  return items.slice(Math.max(0, items.length - count));
}

/**
 * The end of a log, without a look at what is before it.
 * @param count - lines and gaps, at most
 */
export async function tailOf(
  { chunks, gaps, last }: WrittenLog,
  count: number,
): Promise<readonly Item[]> {
  let from = chunks.length;
  for (let lines = 0; from > 0 && lines < count;) {
    from -= 1;
    lines += chunks[from].lines;
  }
  const items: Item[] = [];
  let number = chunks.slice(0, from).reduce((sum, { lines }) => sum + lines, 0);
  const missing = (line: number) => {
    for (const { reason, lines } of gaps.filter(gap => gap.line === line)) {
      items.push({ reason, lines });
    }
  };
  for (const chunk of chunks.slice(from)) {
    missing(chunk.first);
    const text = (await chunk.load?.()) ?? '';
    for (const { number: _, ...line } of linesIn({ ...chunk, text }, 0)) {
      number += 1;
      items.push({ line, number });
    }
  }
  missing(last + 1);
  return lastOf(items, count);
}
