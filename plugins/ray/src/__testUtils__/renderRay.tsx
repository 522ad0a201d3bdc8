import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Route, Routes } from 'react-router-dom';
import type { JsonObject } from '@backstage/types';
import type { ReactElement } from 'react';
import { clusterApiRef } from '../api/ClusterApi';
import { logApiRef } from '../api/LogApi';
import { rayApiRef } from '../api/RayApi';
import { ListPlaces, listPlacesApiRef } from '../jobs/places/ListPlaces';
import { savedViewsApiRef, StoredViews } from '../jobs/views/SavedViews';
import { RayPage } from '../RayPage';
import { rootRouteRef } from '../routes';
import { StoredTimeZones, timeZonesApiRef } from '../times/TimeZones';
import { FakeClusterApi } from './FakeClusterApi';
import type { FakeRayApi } from './FakeRayApi';

export interface RenderRayOptions {
  readonly api: FakeRayApi;
  readonly clusterApi?: FakeClusterApi;
  /** Address below `/ray`. */
  readonly path?: string;
  readonly allowed?: boolean;
  /** The section `ray` of the configuration. */
  readonly ray?: JsonObject;
  /** Rendered instead of the pages of the plugin. */
  readonly element?: ReactElement;
}

/** Renders the pages of the plugin in a portal without other plugins. */
export function renderRay(options: RenderRayOptions) {
  const { api, path = '', allowed = true, ray, element } = options;
  const { clusterApi = new FakeClusterApi() } = options;
  const storageApi = mockApis.storage();
  const timeZones = new StoredTimeZones({
    storageApi,
    local: 'Europe/Berlin',
  });
  const savedViews = new StoredViews({
    storageApi,
    readSetting: async () => undefined,
  });
  const result = allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY;
  return renderInTestApp(
    <Routes>
      <Route path="/ray/*" element={element ?? <RayPage />} />
    </Routes>,
    {
      config: ray && { ray },
      initialRouteEntries: [`/ray${path}`],
      mountedRoutes: {
        '/ray': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      apis: [
        [rayApiRef, api],
        [clusterApiRef, clusterApi],
        [logApiRef, api.logs],
        [timeZonesApiRef, timeZones],
        [listPlacesApiRef, new ListPlaces()],
        [savedViewsApiRef, savedViews],
        [permissionApiRef, { authorize: async () => ({ result }) }],
        [catalogApiRef, catalogApiMock()],
      ],
    },
  );
}
