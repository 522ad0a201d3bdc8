import { useMemo, useRef } from 'react';
import { RowIndex, type RowIndexOptions } from '../scrollback/RowIndex';

export interface RowIndexView {
  readonly index: RowIndex;
  /** Number of rows that this version dropped at the top. */
  readonly lost: number;
}

/**
 * The positions of a buffer's entries. Updated with each version, and computed
 * again when wrapping or folds change.
 */
export function useRowIndex(
  options: RowIndexOptions,
  version: number,
): RowIndexView {
  const { buffer, columns, unfolded } = options;
  const held = useRef<{ options: RowIndexOptions; index: RowIndex }>();
  return useMemo(() => {
    const current = held.current;
    if (
      current?.options.buffer === buffer &&
      current.options.columns === columns &&
      current.options.unfolded === unfolded
    ) {
      return { index: current.index, lost: current.index.sync() };
    }
    const next = { buffer, columns, unfolded };
    const index = new RowIndex(next);
    held.current = { options: next, index };
    return { index, lost: 0 };
    // The version changes when the content of the buffer changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [buffer, columns, unfolded, version]);
}
