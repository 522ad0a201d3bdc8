import { useCallback, useState } from 'react';
import type { Scrollback } from '../scrollback/Scrollback';

export interface FoldsView {
  /** Folds whose lines are all shown. */
  readonly unfolded: ReadonlySet<number>;
  readonly toggle: (fold: number) => void;
  /** Shows a line that is folded away. */
  readonly unfoldLine: (seq: number) => void;
}

/** Which progress bars are shown with all their lines; at first none is. */
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
