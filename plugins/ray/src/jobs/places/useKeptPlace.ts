import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { useLocation } from 'react-router-dom';
import type { JobListStore } from '../rows/JobListStore';
import { listPlacesApiRef, type ListPlace } from './ListPlaces';

/** The element whose scrolling moves another. */
function scrollerOf(element: Element): Element {
  let each = element.parentElement;
  while (each) {
    const { overflowY } = getComputedStyle(each);
    if (
      each.scrollHeight > each.clientHeight &&
      (overflowY === 'auto' || overflowY === 'scroll')
    ) {
      return each;
    }
    each = each.parentElement;
  }
  return document.scrollingElement ?? document.documentElement;
}

export interface KeptPlaceOptions {
  readonly store: JobListStore;
  readonly body: RefObject<Element>;
  /** Rows in the table now. */
  readonly size: number;
  /** Where the user wants to come back to. */
  readonly place?: ListPlace;
  /** Loads the next page. */
  readonly loadMore: () => void;
}

/** Brings the user back to a place in the list, and remembers where they are from then on. */
export function useKeptPlace(options: KeptPlaceOptions): void {
  const { store, body, size, place, loadMore } = options;
  const places = useApi(listPlacesApiRef);
  const { key, pathname, search } = useLocation();
  const wanted = useRef(place);

  useLayoutEffect(() => {
    if (!wanted.current || !body.current || size === 0) {
      return;
    }
    if (size < wanted.current.rows && store.facts.cursor) {
      loadMore();
      return;
    }
    const { top } = body.current.getBoundingClientRect();
    scrollerOf(body.current).scrollTop += top - wanted.current.top;
    wanted.current = undefined;
  }, [store, body, size, loadMore]);

  useEffect(() => {
    const note = () => {
      const rect = body.current?.getBoundingClientRect();
      // A list that is about to leave may be hidden already.
      if (rect && rect.height > 0 && !wanted.current) {
        places.keep({
          key,
          path: pathname,
          search,
          rows: store.rows.size,
          top: rect.top,
        });
      }
    };
    note();
    // Scrolling doesn't bubble, but every ancestor that scrolls is seen on the way down.
    const how = { capture: true, passive: true };
    window.addEventListener('scroll', note, how);
    return () => window.removeEventListener('scroll', note, how);
  }, [places, store, body, key, pathname, search]);
}
