import { rayRoutes } from '@ml-platform/backstage-plugin-ray-common';
import type { Router } from 'express';
import type { Authorizer } from '../permissions/Authorizer';
import { ApiRouter } from './ApiRouter';
import { addChangeRoutes, type ChangeRoutesOptions } from './changeRoutes';
import { addClusterRoutes, type ClusterRoutesOptions } from './clusterRoutes';
import { addImageRoutes, type ImageRoutesOptions } from './imageRoutes';
import { addJobRoutes, type JobRoutesOptions } from './jobRoutes';
import { addLogRoutes, type LogRoutesOptions } from './logRoutes';
import { addOrderRoutes, type OrderRoutesOptions } from './orderRoutes';
import { openApiDocument } from './openApiDocument';
import { addReviewRoutes, type ReviewRoutesOptions } from './reviewRoutes';
import { addStorageRoutes, type StorageRoutesOptions } from './storageRoutes';
import { addSyncRoutes, type SyncRoutesOptions } from './syncRoutes';

/** All routes under `/api/ray`. */
export function createRouter(
  options: ChangeRoutesOptions &
    ClusterRoutesOptions &
    ImageRoutesOptions &
    JobRoutesOptions &
    LogRoutesOptions &
    OrderRoutesOptions &
    ReviewRoutesOptions &
    StorageRoutesOptions &
    SyncRoutesOptions & { readonly authorizer: Authorizer },
): Router {
  const api = new ApiRouter(options);
  const document = openApiDocument();
  api.answer(rayRoutes.getOpenApi, async () => ({ ...document }));
  addClusterRoutes(api, options);
  addJobRoutes(api, options);
  addLogRoutes(api, options);
  addChangeRoutes(api, options);
  addReviewRoutes(api, options);
  addSyncRoutes(api, options);
  addStorageRoutes(api, options);
  addOrderRoutes(api, options);
  addImageRoutes(api, options);
  return api.router;
}
