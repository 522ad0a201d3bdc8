import { useEffect, useLayoutEffect, useState, type RefObject } from 'react';

/** Rows to draw beyond each edge of the window, and by how many the range moves. */
const OVERSCAN = 8;
const STEP = 4;

export interface RowWindow {
  /** The first row to draw. */
  readonly from: number;
  /** The row after the last one to draw. */
  readonly to: number;
  /** True when the first row is above the window. */
  readonly scrolled: boolean;
}

function measure(body: Element, rowHeight: number): RowWindow {
  const { top } = body.getBoundingClientRect();
  const first = Math.floor(-top / rowHeight);
  const last = Math.ceil((window.innerHeight - top) / rowHeight);
  return {
    from: Math.max(0, Math.floor((first - OVERSCAN) / STEP) * STEP),
    to: Math.max(0, Math.ceil((last + OVERSCAN) / STEP) * STEP),
    scrolled: top < -rowHeight,
  };
}

/**
 * The rows of a table that are in the window, or near. The table scrolls with the page,
 * whichever element of the portal scrolls it.
 */
export function useRowWindow(
  ref: RefObject<Element>,
  rowHeight: number,
): RowWindow {
  const [range, setRange] = useState<RowWindow>({
    from: 0,
    to: 2 * OVERSCAN,
    scrolled: false,
  });
  const update = () => {
    if (ref.current) {
      const next = measure(ref.current, rowHeight);
      setRange(before =>
        before.from === next.from &&
        before.to === next.to &&
        before.scrolled === next.scrolled
          ? before
          : next,
      );
    }
  };
  // What is above the table may have changed its height.
  useLayoutEffect(update);
  useEffect(() => {
    // Scrolling doesn't bubble, but every ancestor that scrolls is seen on the way down.
    const options = { capture: true, passive: true };
    window.addEventListener('scroll', update, options);
    window.addEventListener('resize', update);
    return () => {
      window.removeEventListener('scroll', update, options);
      window.removeEventListener('resize', update);
    };
    // Only the height of a row matters to the listener.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [rowHeight]);
  return range;
}
