import {
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type PointerEvent,
  type RefObject,
} from 'react';
import type { JobListStore } from './JobListStore';

/** Marks what shows the rows' changes: whoever is on it has not left the rows. */
export const HOLDS_ROWS = { 'data-holds-rows': '' } as const;

export interface HeldRows {
  /** The row that has the focus, or had it before the focus went to what shows changes. */
  readonly focused?: number;
  /** Moves the focus to the link of a row. */
  readonly focusRow: (index: number) => void;
  /** Shows what waits, from the first row. */
  readonly showWaiting: (byKeyboard: boolean) => void;
  /** For the element around the rows and what shows their changes. */
  readonly handlers: {
    readonly onPointerEnter: (event: PointerEvent) => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
    readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
  };
}

const holder = (element: Element | null) =>
  element?.closest('tr[data-index], [data-holds-rows]') ?? undefined;

/**
 * Keeps the rows in their places while somebody points at them, has the focus on them, or
 * has scrolled down to them: nothing moves away from under the pointer.
 */
export function useHeldRows(
  store: JobListStore,
  region: RefObject<HTMLElement>,
  scrolled: boolean,
): HeldRows {
  const [over, setOver] = useState(false);
  const [within, setWithin] = useState(false);
  const [focused, setFocused] = useState<number>();
  const wanted = useRef<number>();

  useLayoutEffect(
    () => store.hold(over || within || scrolled),
    [store, over, within, scrolled],
  );

  // Looks after each drawing, and changes something at most once.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useLayoutEffect(() => {
    if (wanted.current !== undefined) {
      const link = `tr[data-index="${wanted.current}"] a`;
      wanted.current = undefined;
      region.current?.querySelector<HTMLElement>(link)?.focus();
    } else if (within && !region.current?.contains(document.activeElement)) {
      // A row of an earlier list takes the focus with it, without a word.
      setWithin(false);
      setFocused(undefined);
    }
  });

  const focusRow = useCallback((index: number) => {
    wanted.current = index;
    setFocused(index);
  }, []);

  const showWaiting = useCallback(
    (byKeyboard: boolean) => {
      store.showWaiting();
      region.current?.scrollIntoView({ block: 'start' });
      // The button goes away, and takes the focus with it without a word.
      setWithin(false);
      setFocused(undefined);
      if (byKeyboard) {
        focusRow(0);
      }
    },
    [store, region, focusRow],
  );

  return {
    focused,
    focusRow,
    showWaiting,
    handlers: {
      // A finger points at nothing before it touches, and scrolls with it.
      onPointerEnter: ({ pointerType }) => setOver(pointerType !== 'touch'),
      onPointerLeave: () => setOver(false),
      onFocus: ({ target }) => {
        const place = holder(target);
        setWithin(place !== undefined);
        if (place instanceof HTMLElement && place.dataset.index !== undefined) {
          setFocused(Number(place.dataset.index));
        }
      },
      onBlur: ({ relatedTarget }) => {
        if (!holder(relatedTarget)) {
          setWithin(false);
          setFocused(undefined);
        }
      },
    },
  };
}
