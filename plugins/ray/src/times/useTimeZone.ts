import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useSyncExternalStore } from 'react';
import { timeZonesApiRef } from './TimeZones';

/** IANA name of the zone that times are shown in. */
export function useTimeZone(): string {
  const zones = useApi(timeZonesApiRef);
  return useSyncExternalStore(
    useCallback(listener => zones.subscribe(listener), [zones]),
    () => zones.zone,
  );
}
