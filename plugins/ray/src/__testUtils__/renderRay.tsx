import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Route, Routes } from 'react-router-dom';
import type { ReactElement } from 'react';
import { rayApiRef } from '../api/RayApi';
import { RayPage } from '../RayPage';
import { rootRouteRef } from '../routes';
import { StoredTimeZones, timeZonesApiRef } from '../times/TimeZones';
import type { FakeRayApi } from './FakeRayApi';

export interface RenderRayOptions {
  readonly api: FakeRayApi;
  /** Address below `/ray`. */
  readonly path?: string;
  readonly allowed?: boolean;
  /** Rendered instead of the pages of the plugin. */
  readonly element?: ReactElement;
}

/** Renders the pages of the plugin in a portal without other plugins. */
export function renderRay(options: RenderRayOptions) {
  const { api, path = '', allowed = true, element } = options;
  const timeZones = new StoredTimeZones({
    storageApi: mockApis.storage(),
    local: 'Europe/Berlin',
  });
  const result = allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY;
  return renderInTestApp(
    <Routes>
      <Route path="/ray/*" element={element ?? <RayPage />} />
    </Routes>,
    {
      initialRouteEntries: [`/ray${path}`],
      mountedRoutes: {
        '/ray': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      apis: [
        [rayApiRef, api],
        [timeZonesApiRef, timeZones],
        [permissionApiRef, { authorize: async () => ({ result }) }],
        [catalogApiRef, catalogApiMock()],
      ],
    },
  );
}
