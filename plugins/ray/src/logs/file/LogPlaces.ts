import type { LogEntry } from './LogEntry';
import type { LogPage } from './LogPages';
import type { LogRuns } from './LogRuns';

/** Lines to load. */
export interface LineSpan {
  /** Index of the first one. */
  readonly from: number;
  readonly count: number;
  /** Whether equal lines after the first one are to be left out. */
  readonly fold: boolean;
}

/**
 * What a view shows of a log: lines, and notes between them, each in its place. Lines also have
 * an index, under which they are loaded.
 */
export interface LogPlaces {
  /** Place of the first entry. */
  readonly first: number;
  /** Place after the last entry. */
  readonly next: number;
  /** The lines that are loaded. */
  readonly pages: Iterable<LogPage>;
  /** The lines that are repeated, as far as they are known. */
  readonly runs: LogRuns;
  /** True when there is no room for more than what is in view. */
  readonly isCrowded: boolean;
  at(seq: number): LogEntry | undefined;
  /** Index of the line at a place; of the one after it, where it is a note. */
  indexAt(seq: number): number;
  /** Number of the line at a place, or about that of one that isn't loaded. */
  lineAt(seq: number): number;
  /** The fold that can hide a line: the index of its first line. */
  foldOf(index: number): number | undefined;
  /**
   * Keeps the lines between two places, and says which of them to load first.
   * @param open - folds whose lines are shown
   */
  need(
    from: number,
    to: number,
    open: ReadonlySet<number>,
  ): LineSpan | undefined;
}
