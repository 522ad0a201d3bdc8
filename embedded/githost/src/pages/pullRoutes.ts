import { Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubError } from '../GitHubError';
import { DEVELOPER } from '../names';
import { PullRequest } from '../pulls/PullRequests';
import { Verdict } from '../pulls/Reviews';
import { UpstreamError } from '../emulated/UpstreamError';
import { PageContext } from './PageContext';
import { pullList, pullPage } from './pullPages';

/** What people can say of a pull request, by the last part of the form's address. */
const VERDICTS: ReadonlyMap<string, Verdict> = new Map([
  ['approve', 'APPROVE'],
  ['request-changes', 'REQUEST_CHANGES'],
]);

const STATES = ['open', 'closed', 'all'] as const;

/** Pull requests: list, one with its changes, review, merge and close. */
export function pullRoutes(context: PageContext): Router {
  const { pullRequests, repository, reviews, forms, send } = context;
  const router = PromiseRouter();

  const find = async (number: string): Promise<PullRequest | undefined> => {
    try {
      return await pullRequests.get(Number(number));
    } catch (error) {
      if (error instanceof UpstreamError && error.status === 404)
        return undefined;
      throw error;
    }
  };

  const show = async (res: Response, pull: PullRequest, notice?: string) => {
    const { files } = await pullRequests.changes(pull);
    send(
      res,
      `${pull.title} #${pull.number}`,
      pullPage({
        repository: repository.fullName,
        pull,
        files,
        notice,
        reviews: await reviews.of(pull),
        checks: await reviews.checks(pull),
        mergeable:
          pull.state === 'open' && (await pullRequests.isMergeable(pull)),
        formToken: path => forms.issue(path),
      }),
      notice === undefined ? 200 : 409,
    );
  };

  router.get('/pulls', async (req, res) => {
    const state = STATES.find(known => known === req.query.state) ?? 'open';
    const pulls = await pullRequests.list(state);
    send(res, 'Pull requests', pullList(repository.fullName, pulls, state));
  });

  router.get('/pull/:number(\\d+)(/files|/commits)?', async (req, res) => {
    const pull = await find(req.params.number);
    if (pull) await show(res, pull);
    return pull ? undefined : 'next';
  });

  router.post('/pull/:number(\\d+)/merge', forms.check(), (req, res) =>
    pullRequests.exclusively(async () => {
      const pull = await find(req.params.number);
      if (!pull) return 'next';
      try {
        await pullRequests.merge(
          pull.number,
          { merge_method: 'merge' },
          DEVELOPER,
          DEVELOPER,
        );
      } catch (error) {
        if (!(error instanceof GitHubError)) throw error;
        await show(res, await pullRequests.get(pull.number), error.message);
        return undefined;
      }
      res.redirect(303, req.originalUrl.replace(/\/merge$/, ''));
      return undefined;
    }),
  );

  for (const [action, verdict] of VERDICTS) {
    const path = `/pull/:number(\\d+)/${action}`;
    router.post(path, forms.check(), async (req, res) => {
      const pull = await find(req.params.number);
      if (!pull) return 'next';
      if (pull.state === 'open') await reviews.submit(pull, verdict, DEVELOPER);
      res.redirect(303, req.originalUrl.slice(0, -`/${action}`.length));
      return undefined;
    });
  }

  router.post('/pull/:number(\\d+)/close', forms.check(), async (req, res) => {
    const pull = await find(req.params.number);
    if (!pull) return 'next';
    if (pull.state === 'open') await pullRequests.close(pull.number, DEVELOPER);
    res.redirect(303, req.originalUrl.replace(/\/close$/, ''));
    return undefined;
  });

  return router;
}
