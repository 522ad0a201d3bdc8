import type { AuditorService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import type { JobActions } from '../actions/JobActions';
import type { Clusters } from '../clusters/Clusters';
import type { Jobs } from '../index/Jobs';
import type { Authorizer } from '../permissions/Authorizer';
import { addChangeRoutes } from './changeRoutes';
import { addClusterRoutes } from './clusterRoutes';
import type { LogRoute } from './LogRoute';
import { addJobRoutes } from './jobRoutes';
import type { JobStream } from './jobStream';
import { openApiDocument } from './openapi';

export interface RouterOptions {
  readonly actions: JobActions;
  readonly auditor: AuditorService;
  readonly authorizer: Authorizer;
  readonly clusters: Clusters;
  readonly jobs: Jobs;
  readonly logs: LogRoute;
  readonly stream: JobStream;
}

/** All routes under `/api/ray`. */
export function createRouter(options: RouterOptions): Router {
  const router = PromiseRouter();
  router.use(express.json({ limit: '1mb' }));
  router.get('/openapi.json', (_request, response) => {
    response.json(openApiDocument);
  });
  addClusterRoutes(router, options);
  addJobRoutes(router, options);
  addChangeRoutes(router, options);
  return router;
}
