import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import { createPlugin } from '@backstage/core-plugin-api';
import {
  clusterApiFactory,
  listPlacesApiFactory,
  logApiFactory,
  orderApiFactory,
  rayApiFactory,
  savedViewsApiFactory,
  timeZonesApiFactory,
} from '../apiFactories';
import { jobRouteRef, rootRouteRef, templateRouteRef } from '../routes';

/** {@link rootRouteRef} as the older frontend system knows it. */
export const legacyRootRouteRef = convertLegacyRouteRef(rootRouteRef);

/**
 * The plugin for portals on Backstage's older frontend system. Its external route
 * `template` leads to the form of a template; without a binding, to the scaffolder's.
 */
export const rayPlugin = createPlugin({
  id: 'ray',
  apis: [
    rayApiFactory,
    logApiFactory,
    orderApiFactory,
    clusterApiFactory,
    savedViewsApiFactory,
    timeZonesApiFactory,
    listPlacesApiFactory,
  ],
  routes: {
    root: legacyRootRouteRef,
    job: convertLegacyRouteRef(jobRouteRef),
  },
  externalRoutes: { template: convertLegacyRouteRef(templateRouteRef) },
});
