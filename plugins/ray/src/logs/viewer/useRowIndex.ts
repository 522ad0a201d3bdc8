import { useMemo, useRef } from 'react';
import type { Scrollback } from '../scrollback/Scrollback';
import { RowIndex } from '../scrollback/RowIndex';

export interface RowIndexView {
  readonly index: RowIndex;
  /** Rows that went at the top with this version. */
  readonly lost: number;
}

/** The places of a buffer's entries, brought up to date with each version. */
export function useRowIndex(
  buffer: Scrollback,
  version: number,
  columns: number,
): RowIndexView {
  const held = useRef<{
    buffer: Scrollback;
    columns: number;
    index: RowIndex;
  }>();
  return useMemo(() => {
    const current = held.current;
    if (current?.buffer === buffer && current.columns === columns) {
      return { index: current.index, lost: current.index.sync() };
    }
    const index = new RowIndex(buffer, columns);
    held.current = { buffer, columns, index };
    return { index, lost: 0 };
    // The version says that the buffer, which is one object, has changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [buffer, columns, version]);
}
