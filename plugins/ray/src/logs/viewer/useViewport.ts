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
  /** Pixels from the top, and pixels seen. */
  readonly top: number;
  readonly height: number;
  readonly width: number;
  /** Brings an entry into the middle; the view stays there. */
  readonly scrollTo: (seq: number) => void;
  /** Scrolls as far as needed, on both axes, to see an element of the log. */
  readonly reveal: (element: Element) => void;
}

export interface ViewportOptions {
  readonly ref: RefObject<HTMLDivElement>;
  readonly rows: RowIndexView;
  readonly version: number;
  readonly following: boolean;
  readonly onFollow: (following: boolean) => void;
}

/** Pixels from the end within which the reader counts as being at the end. */
const NEAR = ROW_HEIGHT * 1.5;

/**
 * Scrolling of the log: stays at the end while it follows, stays with what is
 * read when lines go at the top, and tells when the reader leaves the end.
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
      // Moved sideways, or by the view itself.
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

  // Where lines are broken or folded in another way, what is read stays in place.
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

  // A view that no longer follows must not take the last jump for a step back.
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
