import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubError } from '../GitHubError';
import { jsonBody } from './jsonBody';
import { BOT } from '../names';
import { mergeRequest, PullRequest, PullRequests } from '../pulls/PullRequests';
import { Reviews } from '../pulls/Reviews';
import { relay, RelayOptions, sendWithETag } from './relay';

/** Pull requests as GitHub has them, where emulate only pretends. */
export function pullRequestRoutes(
  options: RelayOptions & {
    readonly pullRequests: PullRequests;
    readonly reviews: Reviews;
  },
): Router {
  const { pullRequests, reviews } = options;
  const router = PromiseRouter();

  /** GitHub's word for it, where no branch requires a check or a review. */
  const mergeableState = async (
    pull: PullRequest,
    mergeable: boolean | null,
  ) => {
    if (mergeable === null) return 'unknown';
    if (!mergeable) return 'dirty';
    return (await reviews.havePassed(pull)) ? 'clean' : 'unstable';
  };

  router.post('/pulls', (req, res) =>
    pullRequests.exclusively(async () => {
      await pullRequests.assertCanOpen(jsonBody(req));
      await relay(options, req, res);
    }),
  );

  router.get('/pulls/:number(\\d+)', async (req, res) => {
    const pull = await pullRequests.get(Number(req.params.number));
    const { files, total_commits: commits } = await pullRequests.changes(pull);
    const sum = (field: 'additions' | 'deletions') =>
      files.reduce((total, file) => total + file[field], 0);
    const mergeable =
      pull.state === 'open' ? await pullRequests.isMergeable(pull) : null;
    sendWithETag(req, res, {
      ...pull,
      commits,
      additions: sum('additions'),
      deletions: sum('deletions'),
      changed_files: files.length,
      mergeable,
      mergeable_state: await mergeableState(pull, mergeable),
    });
  });

  router.get('/pulls/:number(\\d+)/files', async (req, res) => {
    const pull = await pullRequests.get(Number(req.params.number));
    const { files } = await pullRequests.changes(pull);
    const size = Math.min(Number(req.query.per_page) || 30, 100);
    const page = Math.max(Number(req.query.page) || 1, 1);
    if (page * size < files.length) {
      const next = new URL(req.originalUrl, options.publicUrl);
      next.searchParams.set('page', String(page + 1));
      res.set('Link', `<${next}>; rel="next"`);
    }
    sendWithETag(req, res, files.slice((page - 1) * size, page * size));
  });

  router.get('/pulls/:number(\\d+)/merge', async (req, res) => {
    const { merged } = await pullRequests.get(Number(req.params.number));
    if (!merged) throw new GitHubError(404, 'Not Found');
    res.status(204).end();
  });

  router.put('/pulls/:number(\\d+)/merge', (req, res) =>
    pullRequests.exclusively(async () => {
      const request = mergeRequest.safeParse(jsonBody(req));
      if (!request.success) throw new GitHubError(422, 'Invalid request.');
      const number = Number(req.params.number);
      res.json(await pullRequests.merge(number, request.data, 'bot', BOT));
    }),
  );

  router.put('/pulls/:number(\\d+)/update-branch', (req, res) =>
    pullRequests.exclusively(async () => {
      const number = Number(req.params.number);
      await pullRequests.updateBranch(number, 'bot');
      res.status(202).json({ message: 'Updating pull request branch.' });
    }),
  );

  return router;
}
