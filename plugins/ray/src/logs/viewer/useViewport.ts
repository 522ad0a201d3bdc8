import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type RefObject,
} from 'react';
import { placeInView } from './placeInView';
import type { RowIndexView } from './useRowIndex';
import { ROW_HEIGHT } from './useRowStyles';

export interface ViewportView {
  readonly ref: RefObject<HTMLDivElement>;
  readonly onScroll: () => void;
  /** Pixels above the view, and height of the view. */
  readonly top: number;
  readonly height: number;
  readonly width: number;
  /** Scrolls an entry to the middle of the view. */
  readonly scrollTo: (seq: number) => void;
  /** Scrolls on both axes, if needed, so that an element of the log is in view. */
  readonly reveal: (element: Element) => void;
}

export interface ViewportOptions {
  readonly ref: RefObject<HTMLDivElement>;
  readonly rows: RowIndexView;
  readonly version: number;
  readonly following: boolean;
  readonly onFollow: (following: boolean) => void;
}

/** A view that is at most so many pixels from the end counts as at the end. */
const NEAR = ROW_HEIGHT * 1.5;

/**
 * Scrolling of the log. Stays at the end while it follows. Keeps the lines in view
 * when others are dropped at the top. Reports when the user leaves the end.
 */
export function useViewport(options: ViewportOptions): ViewportView {
  const { ref, rows, version, following, onFollow } = options;
  const [size, setSize] = useState({ height: 600, width: 0 });
  const [top, setTop] = useState(0);
  const lastTop = useRef(0);

  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) {
      return undefined;
    }
    const measure = () =>
      setSize({
        height: element.clientHeight || 600,
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

  const onScroll = useCallback(() => {
    const element = ref.current;
    if (!element) {
      return;
    }
    const { scrollTop, scrollHeight, clientHeight } = element;
    if (scrollTop === lastTop.current) {
      // The user scrolled sideways, or the view scrolled itself.
      setTop(scrollTop);
      return;
    }
    const atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    if (scrollTop < lastTop.current - 1 && !atEnd) {
      onFollow(false);
    } else if (atEnd) {
      onFollow(true);
    }
    lastTop.current = scrollTop;
    setTop(scrollTop);
  }, [onFollow, ref]);

  const move = useCallback(
    (to: number) => {
      const element = ref.current;
      if (element) {
        element.scrollTop = to;
        lastTop.current = element.scrollTop;
        setTop(element.scrollTop);
      }
    },
    [ref],
  );

  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) {
      return;
    }
    if (following) {
      move(element.scrollHeight);
    } else if (rows.lost > 0) {
      move(Math.max(0, element.scrollTop - rows.lost * ROW_HEIGHT));
    }
  }, [following, move, ref, rows, version, size]);

  // Keep the lines in view when wrapping or folds change.
  const place = useRef({ index: rows.index, seq: 0 });
  useLayoutEffect(() => {
    if (place.current.index !== rows.index && !following) {
      move(rows.index.rowOf(place.current.seq) * ROW_HEIGHT);
    }
    place.current = {
      index: rows.index,
      seq: rows.index.seqAt(Math.floor(top / ROW_HEIGHT)),
    };
  }, [following, move, rows, top]);

  // When the view stops following, its last jump isn't a step back.
  useEffect(() => {
    lastTop.current = ref.current?.scrollTop ?? 0;
  }, [following, ref]);

  const scrollTo = useCallback(
    (seq: number) =>
      move(Math.max(0, rows.index.rowOf(seq) * ROW_HEIGHT - size.height / 2)),
    [move, rows, size.height],
  );
  const reveal = useCallback(
    (target: Element) => {
      const element = ref.current;
      if (element) {
        const to = placeInView(element, target);
        element.scrollLeft = to.left;
        move(to.top);
      }
    },
    [move, ref],
  );
  return { ref, onScroll, top, ...size, scrollTo, reveal };
}
