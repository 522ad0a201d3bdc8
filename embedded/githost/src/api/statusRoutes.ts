import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitRepository } from '../emulated/GitRepository';
import { GitHubError } from '../GitHubError';
import { sendWithETag } from './relay';

/**
 * The statuses of commits, of which emulate knows nothing: there are none. Checks are
 * reported as check runs.
 */
export function statusRoutes(repository: GitRepository): Router {
  const router = PromiseRouter();
  router.get(/^\/commits\/(.+)\/status$/, async (req, res) => {
    const [ref] = Object.values(req.params);
    const sha = await repository.resolve(ref);
    if (!sha) throw new GitHubError(404, 'Not Found');
    sendWithETag(req, res, {
      state: 'pending',
      statuses: [],
      sha,
      total_count: 0,
    });
  });
  return router;
}
