import { useCallback, useEffect, useRef, useState } from 'react';
import type { LogFile } from '../file/LogFile';

export interface FoldsView {
  /** Folds that are open. */
  readonly unfolded: ReadonlySet<number>;
  readonly toggle: (fold: number) => void;
  /** Opens the fold with a line, if it is in one. */
  readonly unfoldLine: (number: number) => void;
}

/** Which folds are open. At first, none is. */
export function useFolds(file: LogFile, version: number): FoldsView {
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  /** A line that is to be seen, and may not be loaded yet. */
  const wanted = useRef<number>();
  const toggle = useCallback((fold: number) => {
    wanted.current = undefined;
    setUnfolded(current => {
      const next = new Set(current);
      return next.delete(fold) ? next : next.add(fold);
    });
  }, []);
  const unfoldLine = useCallback(
    (number: number) => {
      wanted.current = number;
      const fold = file.foldOf(number);
      if (fold !== undefined) {
        setUnfolded(current =>
          current.has(fold) ? current : new Set(current).add(fold),
        );
      }
    },
    [file],
  );
  useEffect(() => {
    if (wanted.current !== undefined) {
      unfoldLine(wanted.current);
    }
  }, [unfoldLine, version]);
  return { unfolded, toggle, unfoldLine };
}
