import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { archiveFiles, tarball } from './archive';
import { GitRepository } from '../emulated/GitRepository';
import { GitHubError } from '../GitHubError';
import { DEFAULT_BRANCH } from '../names';

/** Downloads of the whole repository at a ref, as Backstage reads it. */
export function archiveRoutes(repository: GitRepository): Router {
  const router = PromiseRouter();

  router.get(/^\/tarball(\/.+)?$/, async (req, res) => {
    const ref = req.params[0]?.replace(/^\//, '') || DEFAULT_BRANCH;
    const sha = await repository.resolve(ref);
    if (!sha) throw new GitHubError(404, 'Not Found');
    const name = `${repository.fullName.replace('/', '-')}-${sha.slice(0, 7)}`;
    res.attachment(`${name}.tar.gz`).type('application/x-gzip');
    tarball(archiveFiles(repository, sha))
      .on('error', error => res.destroy(error))
      .pipe(res);
  });

  return router;
}
