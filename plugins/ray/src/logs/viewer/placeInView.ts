/** Pixels to keep free between an element and the edge of the view. */
const MARGIN = 24;

interface Axis {
  readonly scroll: number;
  /** Length of the view. */
  readonly view: number;
  /** Start and end of the element, relative to the view. */
  readonly from: number;
  readonly to: number;
}

/** New scroll position on one axis. Unchanged if the element is in view. */
function place({ scroll, view, from, to }: Axis): number {
  const inView = from >= MARGIN && to <= view - MARGIN;
  const middle = scroll + (from + to - view) / 2;
  return inView ? scroll : Math.max(0, middle);
}

/** The scroll position of a container that brings an element into view. */
export function placeInView(
  container: Element,
  element: Element,
): { readonly top: number; readonly left: number } {
  const outer = container.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  const { scrollTop, scrollLeft, clientHeight, clientWidth } = container;
  const from = inner.left - outer.left;
  const to = inner.right - outer.left;
  // Show the match with the start of its line if both fit.
  const atStart = to + scrollLeft <= clientWidth - MARGIN;
  return {
    top: place({
      scroll: scrollTop,
      view: clientHeight,
      from: inner.top - outer.top,
      to: inner.bottom - outer.top,
    }),
    left: atStart
      ? 0
      : place({ scroll: scrollLeft, view: clientWidth, from, to }),
  };
}
