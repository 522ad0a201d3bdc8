import { useCallback, useState } from 'react';
import type { Scrollback } from '../scrollback/Scrollback';

export interface FoldsView {
  /** Folds that are open. */
  readonly unfolded: ReadonlySet<number>;
  readonly toggle: (fold: number) => void;
  /** Opens the fold with a line, if it is in one. */
  readonly unfoldLine: (seq: number) => void;
}

/** Which folds are open. At first, none is. */
export function useFolds(buffer: Scrollback): FoldsView {
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const toggle = useCallback(
    (fold: number) =>
      setUnfolded(current => {
        const next = new Set(current);
        return next.delete(fold) ? next : next.add(fold);
      }),
    [],
  );
  const unfoldLine = useCallback(
    (seq: number) => {
      const fold = buffer.foldOf(seq);
      if (fold !== undefined) {
        setUnfolded(current =>
          current.has(fold) ? current : new Set(current).add(fold),
        );
      }
    },
    [buffer],
  );
  return { unfolded, toggle, unfoldLine };
}
