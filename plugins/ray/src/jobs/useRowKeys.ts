import { useCallback, type KeyboardEvent } from 'react';

const STEP: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  j: 1,
  k: -1,
};

/**
 * Moves the focus from row to row with the arrow keys, or j and k.
 *
 * @param focused - the row that has the focus
 */
export function useRowKeys(
  focused: number | undefined,
  rows: number,
  focusRow: (index: number) => void,
): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback(
    event => {
      const step = STEP[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      const next = (focused ?? 0) + step;
      if (focused !== undefined && next >= 0 && next < rows) {
        event.preventDefault();
        focusRow(next);
      }
    },
    [focused, rows, focusRow],
  );
}
