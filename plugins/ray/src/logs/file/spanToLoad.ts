import type { LogPages } from './LogPages';
import type { LineSpan } from './LogPlaces';
import type { LogRuns } from './LogRuns';
import { SpanBuilder } from './SpanBuilder';

/** Lines to load at once: folds may hide many between those in view. */
const MOST = 2_000;

export interface SpanToLoadOptions {
  /** Indexes of the first and of the last line in view. */
  readonly begin: number;
  readonly end: number;
  readonly runs: LogRuns;
  readonly pages: LogPages;
  /** Folds whose lines are shown. */
  readonly open: ReadonlySet<number>;
  /** The line after those that are lost, if a line is one of them. */
  readonly after?: (index: number) => number | undefined;
}

/** Keeps the lines in view, and says which of them to load first. */
export function spanToLoad(options: SpanToLoadOptions): LineSpan | undefined {
  const { begin, end, runs, pages, open, after } = options;
  pages.need(begin, end);
  const span = new SpanBuilder(MOST);
  let index = begin;
  while (index <= end) {
    const found = after?.(index);
    const run = runs.at(index);
    const isOpen = run !== undefined && open.has(run.first);
    if (found !== undefined) {
      index = found;
    } else if (run && !isOpen) {
      span.take(run.first, true, pages.line(run.first));
      index = run.until + 1;
    } else {
      span.take(index, !isOpen, pages.line(index));
      index += 1;
    }
  }
  return span.span;
}
