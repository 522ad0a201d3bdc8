import type { LogFeed } from './LogFeed';
import type { LineMatcher } from './lineMatcher';
import { searchLog, type SearchStep } from './searchLog';

/**
 * Searches all that has been written of a log, while it is still being read.
 *
 * @param options.from - number of the line to begin at
 * @param options.end - number of the last line to look at
 * @param options.limit - lines that are told of
 * @throws what the log, or the disk, fails with
 */
export async function* searchFeed(
  feed: LogFeed,
  matcher: LineMatcher,
  options: {
    readonly from: number;
    readonly end: number;
    readonly limit: number;
    readonly signal: AbortSignal;
  },
): AsyncGenerator<SearchStep> {
  const { signal, end } = options;
  const { log } = feed;
  let { from, limit } = options;
  let before = 0;
  while (!signal.aborted) {
    const isAll = feed.isCaughtUp || log.last >= end;
    const to = Math.min(end, log.last);
    let matches = before;
    for await (const step of searchLog(log, matcher, { from, to, limit })) {
      if (signal.aborted) {
        return;
      }
      matches = before + step.matches;
      limit -= step.lines.length;
      yield { ...step, matches };
    }
    before = matches;
    if (isAll) {
      return;
    }
    from = Math.max(from, to + 1);
    await feed.reach(Math.max(from, log.last + 1), from, signal);
  }
}
