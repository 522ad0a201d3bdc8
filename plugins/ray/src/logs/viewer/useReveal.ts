import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { ViewportView } from './useViewport';

/** A place in the log to go to. */
export interface RevealTarget {
  readonly seq: number;
  /** Whether to also go to the current match in the entry. */
  readonly match: boolean;
}

/**
 * Goes to an entry and to the current match in it. A line is only drawn when it is
 * in view. Therefore the view first goes to the line and, after the next render, to
 * the match, on both axes.
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
      } else {
        // Its line is still being loaded.
        step.current = current;
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
