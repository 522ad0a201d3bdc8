import express, { Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { FormTokens } from '../access';
import { GitRepository } from '../emulated/GitRepository';
import { PullRequests } from '../pulls/PullRequests';
import { fileRoutes } from './fileRoutes';
import { Html, markup } from './html';
import { sendPage } from './layout';
import { pullRoutes } from './pullRoutes';

export interface PagesOptions {
  readonly repository: GitRepository;
  readonly pullRequests: PullRequests;
  readonly forms: FormTokens;
  /** Portal that the pages link back to. */
  readonly portalUrl?: string;
}

/** What the page routes share. */
export interface PageContext extends PagesOptions {
  readonly send: (
    res: Response,
    title: string,
    body: Html,
    status?: number,
  ) => void;
}

/** The git host's pages for people, below `/<owner>/<name>`. */
export function pagesRouter(options: PagesOptions): Router {
  const { repository, portalUrl } = options;
  const root = `/${repository.fullName}`;
  const context: PageContext = {
    ...options,
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
          There is no such page. The <a href="${root}">repository</a> and its
          <a href="${root}/pulls">pull requests</a> are here.
        </p>`,
      404,
    ),
  );
  return router;
}
