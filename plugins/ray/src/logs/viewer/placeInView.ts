/** Pixels that stay free between an element and the edge of the view. */
const MARGIN = 24;

interface Axis {
  readonly scroll: number;
  /** Length of the view. */
  readonly view: number;
  /** Where the element begins and ends, from the start of the view. */
  readonly from: number;
  readonly to: number;
}

/** Where to scroll on one axis: nowhere if it is in view, else to its middle. */
function place({ scroll, view, from, to }: Axis): number {
  const inView = from >= MARGIN && to <= view - MARGIN;
  const middle = scroll + (from + to - view) / 2;
  return inView ? scroll : Math.max(0, middle);
}

/** Where a container has to be scrolled to, so that an element in it is seen. */
export function placeInView(
  container: Element,
  element: Element,
): { readonly top: number; readonly left: number } {
  const outer = container.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  const { scrollTop, scrollLeft, clientHeight, clientWidth } = container;
  const from = inner.left - outer.left;
  const to = inner.right - outer.left;
  // The start of the line belongs to its match wherever both fit.
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
