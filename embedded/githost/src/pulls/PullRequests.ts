import { z } from 'zod';
import { GitHubError, invalidPullRequest } from '../GitHubError';
import { Comparison, GitRepository } from '../emulated/GitRepository';
import { OWNER } from '../names';
import { threeWayMerge } from './threeWayMerge';
import { Actor, Upstream } from '../emulated/Upstream';
import { UpstreamError } from '../emulated/UpstreamError';

/** The fields of GitHub's pull request that we read. */
export interface PullRequest {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: 'open' | 'closed';
  readonly draft: boolean;
  readonly merged: boolean;
  readonly merged_at: string | null;
  readonly merge_commit_sha: string | null;
  readonly created_at: string;
  readonly closed_at: string | null;
  readonly user: { readonly login: string } | null;
  readonly merged_by: { readonly login: string } | null;
  readonly head: { readonly ref: string; readonly sha: string };
  readonly base: { readonly ref: string; readonly sha: string };
}

export const mergeRequest = z.object({
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
  sha: z.string().optional(),
  merge_method: z.enum(['merge', 'squash', 'rebase']).default('merge'),
});
export type MergeRequest = z.infer<typeof mergeRequest>;

const creation = z.object({ head: z.string(), base: z.string() }).passthrough();

interface PullRequestsOptions {
  readonly upstream: Upstream;
  readonly repository: GitRepository;
}

/** The rules of pull requests that emulate leaves out. */
export class PullRequests {
  readonly #options: PullRequestsOptions;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: PullRequestsOptions) {
    this.#options = options;
  }

  get(number: number): Promise<PullRequest> {
    return this.#options.repository.get(`/pulls/${number}`);
  }

  list(state: 'open' | 'closed' | 'all'): Promise<PullRequest[]> {
    return this.#options.repository.get(`/pulls?state=${state}&per_page=100`);
  }

  /** What the pull request changes: until it is merged against its base of now. */
  changes(pull: PullRequest): Promise<Comparison> {
    return this.#options.repository.compare(pull.base.sha, pull.head.sha);
  }

  /**
   * Refuses what GitHub refuses.
   * @throws {GitHubError} 422 when a branch doesn't exist, the head has no commits of
   * its own, or the head has an open pull request already
   */
  async assertCanOpen(body: unknown): Promise<void> {
    const { repository } = this.#options;
    const parsed = creation.safeParse(body);
    if (!parsed.success) return;
    const { base } = parsed.data;
    const head = parsed.data.head.replace(`${OWNER}:`, '');
    if (!(await repository.head(base)))
      throw invalidPullRequest({ field: 'base' });
    if (!(await repository.head(head)))
      throw invalidPullRequest({ field: 'head' });
    const open = await this.list('open');
    if (open.some(pull => pull.head.ref === head && pull.base.ref === base)) {
      throw invalidPullRequest({
        message: `A pull request already exists for ${OWNER}:${head}.`,
      });
    }
    const { ahead_by: ahead } = await repository.compare(base, head);
    if (ahead === 0) {
      throw invalidPullRequest({
        message: `No commits between ${base} and ${head}`,
      });
    }
  }

  /** Whether it merges without conflict. */
  async isMergeable(pull: PullRequest): Promise<boolean> {
    return (await this.#merged(pull)).conflicts.length === 0;
  }

  /**
   * Merges onto the base branch as it is now. emulate would put the head's tree in its
   * place.
   *
   * @throws {GitHubError} 405 or 409 when GitHub would refuse too
   */
  async merge(
    number: number,
    request: MergeRequest,
    actor: Actor,
    login: string,
  ): Promise<{ sha: string; merged: true; message: string }> {
    const { repository, upstream } = this.#options;
    const pull = await this.get(number);
    if (pull.state !== 'open' || pull.draft) {
      throw new GitHubError(405, 'Pull Request is not mergeable');
    }
    if (request.sha && request.sha !== pull.head.sha) {
      throw new GitHubError(
        409,
        'Head branch was modified. Review and try the merge again.',
      );
    }
    const commit = await repository.createCommit(
      {
        message: mergeMessage(pull, request),
        tree: await this.#mergedTree(pull),
        parents:
          request.merge_method === 'merge'
            ? [pull.base.sha, pull.head.sha]
            : [pull.base.sha],
      },
      actor,
    );
    await this.#move(pull.base.ref, commit.sha, actor);
    await upstream.json('/_githost/merged', {
      method: 'POST',
      body: {
        fullName: repository.fullName,
        number,
        sha: commit.sha,
        baseSha: pull.base.sha,
        login,
      },
    });
    return {
      sha: commit.sha,
      merged: true,
      message: 'Pull Request successfully merged',
    };
  }

  async close(number: number, actor: Actor): Promise<void> {
    const { repository, upstream } = this.#options;
    await upstream.json(`/repos/${repository.fullName}/pulls/${number}`, {
      method: 'PATCH',
      body: { state: 'closed' },
      actor,
    });
  }

  /**
   * Merges the base branch into the head branch.
   * @throws {GitHubError} 422 when they conflict
   */
  async updateBranch(number: number, actor: Actor): Promise<void> {
    const { repository } = this.#options;
    const pull = await this.get(number);
    if (pull.state !== 'open') {
      throw new GitHubError(422, 'The pull request is closed');
    }
    const { behind_by: behind } = await this.changes(pull);
    if (behind === 0) return;
    const commit = await repository.createCommit(
      {
        message: `Merge branch '${pull.base.ref}' into ${pull.head.ref}`,
        tree: await this.#mergedTree(pull),
        parents: [pull.head.sha, pull.base.sha],
      },
      actor,
    );
    await this.#move(pull.head.ref, commit.sha, actor);
  }

  /** Runs what must see a settled list of pull requests, one after another. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work, work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #merged(pull: PullRequest) {
    const { repository } = this.#options;
    const { merge_base_commit: mergeBase } = await this.changes(pull);
    const [base, ours, theirs] = await Promise.all(
      [mergeBase.sha, pull.base.sha, pull.head.sha].map(sha =>
        repository.files(sha),
      ),
    );
    return threeWayMerge({ base, ours, theirs });
  }

  async #mergedTree(pull: PullRequest): Promise<string> {
    const { repository } = this.#options;
    const { changes, conflicts } = await this.#merged(pull);
    if (conflicts.length > 0) {
      throw new GitHubError(405, 'Pull Request is not mergeable');
    }
    const { tree } = await repository.commit(pull.base.sha);
    return changes.size > 0
      ? repository.createTree(tree.sha, changes)
      : tree.sha;
  }

  async #move(branch: string, sha: string, actor: Actor) {
    try {
      await this.#options.repository.refs.move(`refs/heads/${branch}`, sha, {
        actor,
      });
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.status !== 422)
        throw error;
      throw new GitHubError(
        409,
        `${branch} was modified. Review and try the merge again.`,
      );
    }
  }
}

function mergeMessage(pull: PullRequest, request: MergeRequest): string {
  const merge = request.merge_method === 'merge';
  const title =
    request.commit_title ??
    (merge
      ? `Merge pull request #${pull.number} from ${OWNER}/${pull.head.ref}`
      : `${pull.title} (#${pull.number})`);
  const body = request.commit_message ?? (merge ? pull.title : '');
  return [title, body].filter(Boolean).join('\n\n');
}
