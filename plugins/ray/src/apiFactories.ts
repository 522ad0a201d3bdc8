import {
  createApiFactory,
  fetchApiRef,
  storageApiRef,
} from '@backstage/frontend-plugin-api';
import { clusterApiRef } from './api/ClusterApi';
import { ClusterClient } from './api/ClusterClient';
import { logApiRef } from './api/LogApi';
import { LogClient } from './api/LogClient';
import { orderApiRef } from './api/OrderApi';
import { OrderClient } from './api/OrderClient';
import { rayApiRef } from './api/RayApi';
import { RayClient } from './api/RayClient';
import { ListPlaces, listPlacesApiRef } from './jobs/places/ListPlaces';
import { settingReader } from './jobs/views/readSetting';
import { savedViewsApiRef, StoredViews } from './jobs/views/SavedViews';
import { StoredTimeZones, timeZonesApiRef } from './times/TimeZones';

/** {@link RayApi} over the HTTP API of the Ray backend. */
export const rayApiFactory = createApiFactory({
  api: rayApiRef,
  deps: { fetchApi: fetchApiRef },
  factory: ({ fetchApi }) => new RayClient({ fetchApi }),
});

/** {@link LogApi} over the HTTP API of the Ray backend. */
export const logApiFactory = createApiFactory({
  api: logApiRef,
  deps: { fetchApi: fetchApiRef },
  factory: ({ fetchApi }) => new LogClient({ fetchApi }),
});

export const clusterApiFactory = createApiFactory({
  api: clusterApiRef,
  deps: { fetchApi: fetchApiRef },
  factory: ({ fetchApi }) => new ClusterClient({ fetchApi }),
});

export const orderApiFactory = createApiFactory({
  api: orderApiRef,
  deps: { fetchApi: fetchApiRef },
  factory: ({ fetchApi }) => new OrderClient({ fetchApi }),
});

export const timeZonesApiFactory = createApiFactory({
  api: timeZonesApiRef,
  deps: { storageApi: storageApiRef },
  factory: ({ storageApi }) =>
    new StoredTimeZones({
      storageApi,
      local: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
});

export const savedViewsApiFactory = createApiFactory({
  api: savedViewsApiRef,
  deps: { storageApi: storageApiRef, fetchApi: fetchApiRef },
  factory: ({ storageApi, fetchApi }) =>
    new StoredViews({ storageApi, readSetting: settingReader(fetchApi) }),
});

export const listPlacesApiFactory = createApiFactory({
  api: listPlacesApiRef,
  deps: {},
  factory: () => new ListPlaces(),
});
