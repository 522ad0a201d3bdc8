import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { fileRoutes } from './fileRoutes';
import { markup } from './html';
import { sendPage } from './layout';
import { PageContext } from './PageContext';
import { pullRoutes } from './pullRoutes';

/** The git host's pages for people, below `/<owner>/<name>`. */
export function pagesRouter(
  options: Omit<PageContext, 'send'> & {
    /** Portal that the pages link back to. */
    readonly portalUrl?: string;
  },
): Router {
  const { portalUrl, ...shared } = options;
  const { repository } = shared;
  const root = `/${repository.fullName}`;
  const context: PageContext = {
    ...shared,
    send: (res, title, body, status) =>
      sendPage(
        res,
        { title, repository: repository.fullName, portalUrl, body },
        status,
      ),
  };
  const router = PromiseRouter();
  router.get(['/', `/${root.split('/')[1]}`], (_req, res) =>
    res.redirect(root),
  );
  router.use(root, express.urlencoded({ extended: false }));
  router.use(root, pullRoutes(context));
  router.use(root, fileRoutes(context));
  router.use(root, (_req, res) =>
    context.send(
      res,
      'Not found',
      markup`<h1>Not found</h1>
        <p>
          This page doesn't exist. Here are the <a href="${root}">repository</a> and its
          <a href="${root}/pulls">pull requests</a>.
        </p>`,
      404,
    ),
  );
  return router;
}
