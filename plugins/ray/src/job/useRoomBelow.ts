import { useLayoutEffect, useState, type RefObject } from 'react';
import { SHORT_HEIGHT } from '../layout/shortWindow';
import { useWindowWidth } from '../layout/useWindowWidth';

/** Width from which the portal's bar is at the side and not at the bottom, in pixels. */
const SIDE_BAR_FROM = 600;
const BOTTOM_BAR = 56;
const MARGIN = 24;
const MARGIN_IF_SHORT = 4;

/** Pixels between the top of an element and what is below it in a window that isn't scrolled. */
export function useRoomBelow(ref: RefObject<Element>, least: number): number {
  const [room, setRoom] = useState(least);
  const bar = useWindowWidth() < SIDE_BAR_FROM ? BOTTOM_BAR : 0;
  useLayoutEffect(() => {
    const measure = () => {
      const top = ref.current?.getBoundingClientRect().top ?? 0;
      const { innerHeight, scrollY } = window;
      const margin = innerHeight > SHORT_HEIGHT ? MARGIN : MARGIN_IF_SHORT;
      const below = innerHeight - (top + scrollY) - bar - margin;
      // In a short window, what is at the end has to be on the first screen too.
      const enough = Math.min(least, innerHeight / 3);
      setRoom(Math.floor(Math.max(enough, below)));
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [ref, least, bar]);
  return room;
}
