import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { rootRouteRef } from '../../routes';
import { listPlacesApiRef } from './ListPlaces';
import type { LinkToPlace } from './useListPlace';

export interface ListLink {
  readonly to: string;
  readonly state?: LinkToPlace;
}

/** Leads to the list of jobs, and to where the user was in it. */
export function useListLink(): ListLink {
  const path = useRouteRef(rootRouteRef)?.() ?? '/ray';
  const last = useApi(listPlacesApiRef).last(path);
  return last
    ? { to: `${path}${last.search}`, state: { place: last.key } }
    : { to: path };
}
