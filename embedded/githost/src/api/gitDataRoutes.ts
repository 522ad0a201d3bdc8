import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { GitHubError } from '../GitHubError';
import { GitRepository, objectType } from '../emulated/GitRepository';
import { jsonBody } from './jsonBody';
import { relay, RelayOptions, sendWithETag } from './relay';

const treeEntry = z.object({ mode: z.string().optional() }).passthrough();
const treeRequest = z.object({
  base_tree: z.string().optional(),
  tree: z.array(treeEntry),
});

/** GitHub takes a commit for its tree. */
async function treeOf(repository: GitRepository, sha: string): Promise<string> {
  return repository.commit(sha).then(
    commit => commit.tree.sha,
    () => sha,
  );
}

/** Where emulate's trees and commits fall short of GitHub's. */
export function gitDataRoutes(
  options: RelayOptions & { readonly repository: GitRepository },
): Router {
  const { repository, publicUrl } = options;
  const url = `${publicUrl}/repos/${repository.fullName}`;
  const router = PromiseRouter();

  router.get('/git/trees/*', async (req, res) => {
    const tree = await repository.get<{
      tree: { type: string; sha: string }[];
    }>(req.url);
    sendWithETag(req, res, {
      ...tree,
      // Backstage's URL reader finds a file's content by this.
      tree: tree.tree.map(entry => ({
        ...entry,
        url: `${url}/git/${entry.type}s/${entry.sha}`,
      })),
    });
  });

  router.post('/git/trees', async (req, res) => {
    const parsed = treeRequest.safeParse(jsonBody(req));
    if (parsed.success) {
      const { base_tree: base, tree } = parsed.data;
      req.body = Buffer.from(
        JSON.stringify({
          base_tree: base && (await treeOf(repository, base)),
          tree: tree.map(entry => ({ type: objectType(entry.mode), ...entry })),
        }),
      );
    }
    await relay(options, req, res);
  });

  // Backstage's URL reader asks for a ref's commit this way.
  router.get(/^\/commits\/(.+)\/status$/, async (req, res) => {
    const sha = await repository.resolve(req.params[0]);
    if (!sha) throw new GitHubError(404, 'Not Found');
    sendWithETag(req, res, {
      state: 'pending',
      statuses: [],
      total_count: 0,
      sha,
      commit_url: `${url}/commits/${sha}`,
      repository: await repository.get(''),
      url: `${url}/commits/${sha}/status`,
    });
  });

  return router;
}
