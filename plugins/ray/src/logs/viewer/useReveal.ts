import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { ViewportView } from './useViewport';

/** A place that the view goes to. */
export interface RevealTarget {
  readonly seq: number;
  /** Whether to go on to the match in it that the reader stands on. */
  readonly match: boolean;
}

/**
 * Goes to an entry, and to a match in it. The line is drawn only once it is in
 * view: so first the view goes to the line, and with the next drawing, on both
 * axes, to the match.
 */
export function useReveal(view: ViewportView): (target: RevealTarget) => void {
  const step = useRef<RevealTarget | 'match'>();
  const [, draw] = useState(0);
  const drawAgain = useCallback(() => draw(count => count + 1), []);

  useLayoutEffect(() => {
    const current = step.current;
    step.current = undefined;
    if (current === 'match') {
      const match = view.ref.current?.querySelector('mark[data-current]');
      if (match) {
        view.reveal(match);
      }
    } else if (current) {
      view.scrollTo(current.seq);
      if (current.match) {
        step.current = 'match';
        drawAgain();
      }
    }
  });

  return useCallback(
    (target: RevealTarget) => {
      step.current = target;
      drawAgain();
    },
    [drawAgain],
  );
}
