import { useCallback, useEffect, useRef, useState } from 'react';
import type { LogPlaces } from '../file/LogPlaces';

export interface FoldsView {
  /** Folds that are open, by the index of their first line. */
  readonly unfolded: ReadonlySet<number>;
  readonly toggle: (fold: number) => void;
  /** Opens the fold with a line, if it is in one. */
  readonly unfoldLine: (index: number) => void;
}

/**
 * Which folds are open. At first, none is.
 * @param places - nothing is open any more where these are others
 * @param version - grows with each change of what is loaded
 */
export function useFolds(
  places: LogPlaces | undefined,
  version: number,
): FoldsView {
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  /** A line that is to be seen, and may not be loaded yet. */
  const wanted = useRef<number>();
  const [shown, setShown] = useState(places);
  if (shown !== places) {
    setShown(places);
    setUnfolded(new Set());
  }
  const toggle = useCallback((fold: number) => {
    wanted.current = undefined;
    setUnfolded(current => {
      const next = new Set(current);
      return next.delete(fold) ? next : next.add(fold);
    });
  }, []);
  const unfoldLine = useCallback(
    (index: number) => {
      wanted.current = index;
      const fold = places?.foldOf(index);
      if (fold !== undefined) {
        setUnfolded(current =>
          current.has(fold) ? current : new Set(current).add(fold),
        );
      }
    },
    [places],
  );
  useEffect(() => {
    if (wanted.current !== undefined) {
      unfoldLine(wanted.current);
    }
  }, [unfoldLine, version]);
  return { unfolded, toggle, unfoldLine };
}
