import { rayRoutes } from '@ml-platform/backstage-plugin-ray-common';
import type { Router } from 'express';
import type { Authorizer } from '../permissions/Authorizer';
import { ApiRouter } from './ApiRouter';
import { addChangeRoutes, type ChangeRoutesOptions } from './changeRoutes';
import { addClusterRoutes, type ClusterRoutesOptions } from './clusterRoutes';
import { addJobRoutes, type JobRoutesOptions } from './jobRoutes';
import { openApiDocument } from './openApiDocument';

/** All routes under `/api/ray`. */
export function createRouter(
  options: ChangeRoutesOptions &
    ClusterRoutesOptions &
    JobRoutesOptions & { readonly authorizer: Authorizer },
): Router {
  const api = new ApiRouter(options);
  const document = openApiDocument();
  api.answer(rayRoutes.getOpenApi, async () => ({ ...document }));
  addClusterRoutes(api, options);
  addJobRoutes(api, options);
  addChangeRoutes(api, options);
  return api.router;
}
