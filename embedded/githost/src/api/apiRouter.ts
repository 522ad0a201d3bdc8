import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { requireToken } from '../access';
import { archiveRoutes } from './archiveRoutes';
import { gitDataRoutes } from './gitDataRoutes';
import { GitRepository } from '../emulated/GitRepository';
import { PullRequests } from '../pulls/PullRequests';
import { Reviews } from '../pulls/Reviews';
import { pullRequestRoutes } from './pullRequestRoutes';
import { relay, RelayOptions } from './relay';
import { statusRoutes } from './statusRoutes';

export interface ApiOptions extends RelayOptions {
  readonly repository: GitRepository;
  readonly pullRequests: PullRequests;
  readonly reviews: Reviews;
  readonly token: string;
}

/** First segments of GitHub's REST API; emulate's own pages stay inside. */
const API_PATHS =
  /^\/(repos|repositories|user|users|orgs|search|rate_limit|meta|versions|zen|emojis)(\/|\?|$)/;

/** GitHub's REST API: emulate, and what it leaves out. */
export function apiRouter(options: ApiOptions): Router {
  const router = PromiseRouter();
  router.use((req, _res, next) =>
    next(API_PATHS.test(req.url) ? undefined : 'router'),
  );
  router.use(requireToken(options));
  router.use(express.raw({ type: () => true, limit: '64mb' }));
  const own = `/repos/${options.repository.fullName}`;
  router.use(own, archiveRoutes(options.repository));
  router.use(own, gitDataRoutes(options));
  router.use(own, pullRequestRoutes(options));
  router.use(own, statusRoutes(options.repository));
  router.use((req, res) => relay(options, req, res));
  return router;
}
