import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { archiveFiles, tarball, zipball } from './archive';
import { GitRepository } from '../emulated/GitRepository';
import { GitHubError } from '../GitHubError';
import { DEFAULT_BRANCH } from '../names';

/** Downloads of the whole repository at a ref. */
export function archiveRoutes(repository: GitRepository): Router {
  const router = PromiseRouter();

  const open = async (req: Request, res: Response, extension: string) => {
    const ref = req.params[0]?.replace(/^\//, '') || DEFAULT_BRANCH;
    const sha = await repository.resolve(ref);
    if (!sha) throw new GitHubError(404, 'Not Found');
    const name = `${repository.fullName.replace('/', '-')}-${sha.slice(0, 7)}`;
    res.attachment(`${name}.${extension}`);
    return archiveFiles(repository, sha);
  };

  router.get(/^\/tarball(\/.+)?$/, async (req, res) => {
    const files = await open(req, res, 'tar.gz');
    res.type('application/x-gzip');
    tarball(files)
      .on('error', error => res.destroy(error))
      .pipe(res);
  });

  router.get(/^\/zipball(\/.+)?$/, async (req, res) => {
    const files = await open(req, res, 'zip');
    res.type('application/zip').end(await zipball(files));
  });

  return router;
}
