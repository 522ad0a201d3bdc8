import { useMemo, useRef } from 'react';
import { RowIndex, type RowIndexOptions } from '../scrollback/RowIndex';

export interface RowIndexView {
  readonly index: RowIndex;
  /** Rows that went at the top with this version. */
  readonly lost: number;
}

/**
 * The places of a buffer's entries, brought up to date with each version, and
 * reckoned anew when lines are broken or folded in another way.
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
    // The version says that the buffer, which is one object, has changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [buffer, columns, unfolded, version]);
}
