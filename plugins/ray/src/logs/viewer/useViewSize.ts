import { useLayoutEffect, useState, type RefObject } from 'react';

export interface ViewSize {
  readonly height: number;
  readonly width: number;
}

/** Height to assume where there is no layout. */
const HEIGHT = 600;

/** Size of an element inside its bars, in pixels. */
export function useViewSize(ref: RefObject<HTMLElement>): ViewSize {
  const [size, setSize] = useState<ViewSize>({ height: HEIGHT, width: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) {
      return undefined;
    }
    const measure = () =>
      setSize({
        height: element.clientHeight || HEIGHT,
        width: element.clientWidth,
      });
    measure();
    if (typeof ResizeObserver === 'undefined') {
      return undefined;
    }
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
