import type { LogFeed } from './LogFeed';
import type { LineMatcher } from './lineMatcher';
import { MatchCounter } from './MatchCounter';
import type { NumberedLine } from './NumberedLog';
import { searchLog, type SearchStep } from './searchLog';

/** A line, if it is still there. */
async function lineWith(
  feed: LogFeed,
  number: number,
  signal: AbortSignal,
): Promise<NumberedLine | undefined> {
  await feed.reach(number, number, signal);
  const limits = { count: 1, maxLength: Infinity };
  const [line] = await feed.log.read(number, limits);
  return line?.number === number ? line : undefined;
}

/**
 * Searches all that has been written of a log, while it is still being read.
 *
 * @param options.from - number of the line to begin at
 * @param options.end - number of the last line to look at
 * @param options.limit - lines that are told of
 * @param options.fold - whether matches that are equal to the one before aren't told of
 * @param options.after - number of the match before, which the first one may be equal to
 * @throws what the log, or the disk, fails with
 */
export async function* searchFeed(
  feed: LogFeed,
  matcher: LineMatcher,
  options: {
    readonly from: number;
    readonly end: number;
    readonly limit: number;
    readonly fold?: boolean;
    readonly after?: number;
    readonly signal: AbortSignal;
  },
): AsyncGenerator<SearchStep> {
  const { signal, end, limit, fold, after } = options;
  const { log } = feed;
  let { from } = options;
  const before =
    after === undefined ? undefined : await lineWith(feed, after, signal);
  const counter = new MatchCounter({ limit, fold, before });
  while (!signal.aborted) {
    const isAll = feed.isCaughtUp || log.last >= end;
    const to = Math.min(end, log.last);
    const span = { from, to, counter, signal };
    for await (const step of searchLog(log, matcher, span)) {
      if (signal.aborted) {
        return;
      }
      yield step;
    }
    if (isAll) {
      return;
    }
    from = Math.max(from, to + 1);
    await feed.reach(Math.max(from, log.last + 1), from, signal);
  }
}
