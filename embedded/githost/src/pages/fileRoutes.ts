import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { DEFAULT_BRANCH } from '../names';
import {
  commitList,
  commitPage,
  entriesBelow,
  filePage,
  folderPage,
} from './filePages';
import { PageContext } from './PageContext';

/** What a route's `*` matched; the route's type does not tell. */
function wildcard(req: Request): string | undefined {
  return req.params[0];
}

/** Files, folders and commits. */
export function fileRoutes(context: PageContext): Router {
  const { repository, send } = context;
  const router = PromiseRouter();

  /** Splits `<ref>/<path>`, where a branch's name may have slashes itself. */
  const locate = async (rest: string) => {
    const parts = rest.split('/').filter(Boolean);
    for (let length = 1; length <= parts.length; length++) {
      const ref = parts.slice(0, length).join('/');
      const sha = await repository.resolve(ref);
      if (sha) return { ref, sha, path: parts.slice(length).join('/') };
    }
    return undefined;
  };

  const folder = async (rest: string) => {
    const found = await locate(rest);
    if (!found) return undefined;
    const files = await repository.files(found.sha);
    return {
      ...found,
      files,
      place: { ...found, repository: repository.fullName },
    };
  };

  router.get(['/', '/tree/*', '/blob/*', '/edit/*'], async (req, res) => {
    const rest = wildcard(req) ?? DEFAULT_BRANCH;
    const found = await folder(rest);
    if (!found) return 'next';
    const { files, place } = found;
    const title = place.path || 'Files';
    const file = files.get(place.path);
    if (file) {
      send(res, title, filePage(place, await repository.blob(file.sha)));
      return undefined;
    }
    const entries = entriesBelow(files, place.path);
    if (!entries) return 'next';
    const readme = files.get(`${place.path ? `${place.path}/` : ''}README.md`);
    const text = readme && (await repository.blob(readme.sha)).toString('utf8');
    send(res, title, folderPage(place, entries, text));
    return undefined;
  });

  router.get('/raw/*', async (req, res) => {
    const found = await folder(wildcard(req) ?? '');
    const file = found?.files.get(found.path);
    if (!file) return 'next';
    // Never as a page of ours, whatever the file holds.
    res
      .set({
        'Content-Type': 'text/plain; charset=utf-8',
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'none'; sandbox",
      })
      .end(await repository.blob(file.sha));
    return undefined;
  });

  router.get('/commits/*', async (req, res) => {
    const ref = wildcard(req) ?? '';
    const sha = await repository.resolve(ref);
    if (!sha) return 'next';
    const commits = await repository.log(sha);
    send(
      res,
      `Commits of ${ref}`,
      commitList(repository.fullName, ref, commits),
    );
    return undefined;
  });

  router.get('/commit/:sha', async (req, res) => {
    const sha = await repository.resolve(req.params.sha);
    if (!sha) return 'next';
    const commit = await repository.commit(sha);
    const parent = commit.parents[0]?.sha;
    const changes = parent
      ? await repository.compare(parent, sha)
      : { files: [] };
    send(res, commit.message, commitPage(repository.fullName, commit, changes));
    return undefined;
  });

  return router;
}
