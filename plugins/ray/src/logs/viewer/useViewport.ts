import {
  useCallback,
  useLayoutEffect,
  useReducer,
  useRef,
  type RefObject,
} from 'react';
import type { RowIndex } from '../file/RowIndex';
import { LogScroll, type Anchor } from './LogScroll';
import { placeInView } from './placeInView';
import { ROW_HEIGHT } from './useRowStyles';
import type { ViewSize } from './useViewSize';

/** Milliseconds without scrolling after which the bar shows the place again. */
const REST = 150;

export interface ViewportView {
  readonly ref: RefObject<HTMLDivElement>;
  readonly onScroll: () => void;
  /** Pixels of the log above the view. */
  readonly top: number;
  /** Height of the view in pixels. */
  readonly height: number;
  /** Height of the element that is scrolled. */
  readonly space: number;
  /** Pixels from the top of that element to a row. */
  readonly offsetOf: (row: number) => number;
  /** Scrolls an entry to the middle of the view. */
  readonly scrollTo: (seq: number) => void;
  /** Scrolls on both axes, if needed, so that an element of the log is in view. */
  readonly reveal: (element: Element) => void;
}

export interface ViewportOptions {
  readonly ref: RefObject<HTMLDivElement>;
  readonly rows: RowIndex;
  readonly size: ViewSize;
  readonly following: boolean;
  readonly onFollow: (following: boolean) => void;
}

/**
 * Scrolling of the log. Stays at the end while it follows. Keeps the lines in view where they
 * are when others above them are loaded, folded or wrapped. Reports when the user leaves the
 * end.
 */
export function useViewport(options: ViewportOptions): ViewportView {
  const { ref, rows, size, following, onFollow } = options;
  const { height } = size;
  const scroll = new LogScroll({ rows, height });
  const scrollRef = useRef(scroll);
  const anchor = useRef<Anchor>({ seq: 0, offset: 0 });
  /** Where the bar was last, and what of the log that was. */
  const last = useRef({ bar: 0, top: 0 });
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const rest = useRef<ReturnType<typeof setTimeout>>();
  const top = following ? scroll.end : scroll.topOf(anchor.current);

  const move = useCallback(
    (to: number) => {
      const element = ref.current;
      const now = scrollRef.current;
      if (element) {
        element.scrollTop = now.toBar(to);
        const bar = element.scrollTop;
        last.current = { bar, top: now.isScaled ? to : bar };
      }
    },
    [ref],
  );

  const goTo = useCallback(
    (place: Anchor) => {
      anchor.current = place;
      move(scrollRef.current.topOf(place));
      draw();
    },
    [move],
  );

  const onScroll = useCallback(() => {
    const element = ref.current;
    if (!element || element.scrollTop === last.current.bar) {
      // The user scrolled sideways, or the view scrolled itself.
      return;
    }
    const now = scrollRef.current;
    const bar = element.scrollTop;
    const to = now.moved(last.current, bar);
    // A line may be taller than computed, so the bar can say so too.
    const isAtEnd =
      now.isAtEnd(to) ||
      (!now.isScaled &&
        element.scrollHeight - bar - element.clientHeight < ROW_HEIGHT);
    if (isAtEnd) {
      onFollow(true);
    } else if (to < last.current.top - 1) {
      onFollow(false);
    }
    last.current = { bar, top: to };
    anchor.current = now.anchorAt(to);
    draw();
    if (now.isScaled) {
      clearTimeout(rest.current);
      rest.current = setTimeout(() => {
        move(last.current.top);
        draw();
      }, REST);
    }
  }, [move, onFollow, ref]);

  useLayoutEffect(() => {
    scrollRef.current = scroll;
    const element = ref.current;
    if (!element) {
      return;
    }
    if (following) {
      element.scrollTop = element.scrollHeight;
      last.current = { bar: element.scrollTop, top };
      anchor.current = scroll.anchorAt(top);
    } else if (Math.abs(top - last.current.top) > 0.5) {
      move(top);
      if (scroll.isScaled) {
        // The bar has moved, and the rows have to be where it shows them.
        draw();
      }
    }
  });
  useLayoutEffect(() => () => clearTimeout(rest.current), []);

  const scrollTo = useCallback(
    (seq: number) => goTo(scrollRef.current.middle(seq)),
    [goTo],
  );
  const reveal = useCallback(
    (target: Element) => {
      const element = ref.current;
      if (element) {
        const to = placeInView(element, target);
        const by = to.top - element.scrollTop;
        element.scrollLeft = to.left;
        if (by !== 0) {
          goTo(scrollRef.current.anchorAt(last.current.top, by));
        }
      }
    },
    [goTo, ref],
  );
  const shift = scroll.isScaled ? last.current.bar - top : 0;
  const offsetOf = (row: number) => row * ROW_HEIGHT + shift;
  const { space } = scroll;
  return { ref, onScroll, top, height, space, offsetOf, scrollTo, reveal };
}
