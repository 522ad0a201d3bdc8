import { useApi } from '@backstage/frontend-plugin-api';
import { useState } from 'react';
import { useLocation, useNavigationType } from 'react-router-dom';
import { listPlacesApiRef, type ListPlace } from './ListPlaces';

/** What a link to a list carries to lead to a place in it. */
export interface LinkToPlace {
  readonly place: string;
}

function keyOf(state: unknown): string | undefined {
  return typeof state === 'object' &&
    state !== null &&
    'place' in state &&
    typeof state.place === 'string'
    ? state.place
    : undefined;
}

/**
 * Where the user was in this list, if they come back to it: by the browser's button, or by
 * a link to that place. Stays the same while the list is shown.
 */
export function useListPlace(): ListPlace | undefined {
  const places = useApi(listPlacesApiRef);
  const { key, pathname, search, state } = useLocation();
  const isReturn = useNavigationType() === 'POP';
  const [place] = useState(() => {
    const wanted = keyOf(state) ?? (isReturn ? key : undefined);
    const found = wanted === undefined ? undefined : places.get(wanted);
    // With other filters, the rows are others.
    return found?.path === pathname && found.search === search
      ? found
      : undefined;
  });
  return place;
}
