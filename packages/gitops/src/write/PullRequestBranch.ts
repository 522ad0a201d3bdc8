import { ConflictError, NotFoundError } from '@backstage/errors';
import type { GitHubApi } from '../github/GitHubApi';
import { hasStatus, unlessMissing } from '../github/requestErrors';
import { shaAfter, type FileChange } from './fileChange';

/** What one branch holds, compared with its base. */
export interface BranchRequest {
  readonly api: GitHubApi;
  /** Branch that the change is for. */
  readonly base: string;
  /** Branch of the change. It stands for the change, so no two changes share one. */
  readonly branch: string;
  readonly changes: readonly FileChange[];
  /** Message of the commit. */
  readonly title: string;
  /** Looked at before each step that others see. */
  readonly signal?: AbortSignal;
  /** Told in a sentence what was done. */
  readonly onProgress?: (message: string) => void;
}

/**
 * A branch that brings a change in one commit. It appears with its commit or not
 * at all, because GitHub creates a ref or refuses; it is never moved afterwards.
 */
export class PullRequestBranch {
  readonly #request: BranchRequest;

  constructor(request: BranchRequest) {
    this.#request = request;
  }

  /**
   * Makes the branch, or finds it with exactly this change.
   * @throws {ConflictError} when the base isn't what the change starts from, or
   * the branch holds something else
   */
  async ensure(): Promise<void> {
    const found = await this.state();
    if (found === 'other' || (found === 'absent' && !(await this.create()))) {
      const { branch } = this.#request;
      throw new ConflictError(
        `Branch ${branch} exists with another change; delete the branch, then try again`,
      );
    }
  }

  /** Whether the branch is there, and holds exactly this change or anything else. */
  async state(): Promise<'absent' | 'same' | 'other'> {
    const { branch, changes } = this.#request;
    if (!(await this.#head(branch))) {
      return 'absent';
    }
    for (const change of changes) {
      if ((await this.#fileSha(change.path, branch)) !== shaAfter(change)) {
        return 'other';
      }
    }
    return 'same';
  }

  /**
   * Makes the branch.
   * @returns false when another made it first, with something else
   * @throws {ConflictError} when the base isn't what the change starts from
   */
  async create(): Promise<boolean> {
    const { api, branch, signal, onProgress } = this.#request;
    const sha = await this.#commit();
    const octokit = await api.octokit();
    signal?.throwIfAborted();
    try {
      await octokit.rest.git.createRef({
        ...api.name,
        ref: `refs/heads/${branch}`,
        sha,
      });
    } catch (error) {
      // Another run made it since we looked, or a call whose answer was lost.
      const found = hasStatus(error, 409, 422) ? await this.state() : 'absent';
      if (found === 'absent') {
        throw error;
      }
      return found === 'same';
    }
    onProgress?.(`Pushed branch ${branch}`);
    return true;
  }

  /** Commit that a branch points at, if there is such a branch. */
  async #head(branch: string): Promise<string | undefined> {
    const { api } = this.#request;
    const octokit = await api.octokit();
    const answer = await unlessMissing(
      octokit.rest.git.getRef({ ...api.name, ref: `heads/${branch}` }),
    );
    return answer?.data.object.sha;
  }

  async #fileSha(path: string, ref: string): Promise<string | undefined> {
    const { api } = this.#request;
    const octokit = await api.octokit();
    const answer = await unlessMissing(
      octokit.rest.repos.getContent({ ...api.name, path, ref }),
    );
    if (!answer) {
      return undefined;
    }
    return Array.isArray(answer.data) ? 'folder' : answer.data.sha;
  }

  async #checkBase(commit: string): Promise<void> {
    const { base, changes } = this.#request;
    for (const { path, replaces } of changes) {
      const found = await this.#fileSha(path, commit);
      if (found === replaces) {
        continue;
      }
      throw new ConflictError(
        replaces === undefined
          ? `${path} exists on ${base} already and is never overwritten; choose another name`
          : `${path} on ${base} was changed or removed a moment ago; look at it, then try again`,
      );
    }
  }

  /** Stores the change on top of the base; nothing points at the commit yet. */
  async #commit(): Promise<string> {
    const { api, base, changes, title } = this.#request;
    const parent = await this.#head(base);
    if (!parent) {
      throw new NotFoundError(
        `Repository ${api.name.owner}/${api.name.repo} has no branch ${base}, or the portal isn't allowed to see it`,
      );
    }
    await this.#checkBase(parent);
    const octokit = await api.octokit();
    const { data: parentCommit } = await octokit.rest.git.getCommit({
      ...api.name,
      commit_sha: parent,
    });
    const { data: tree } = await octokit.rest.git.createTree({
      ...api.name,
      base_tree: parentCommit.tree.sha,
      tree: changes.map(({ path, content }) => ({
        path,
        mode: '100644' as const,
        type: 'blob' as const,
        ...(content === undefined ? { sha: null } : { content }),
      })),
    });
    const { data: commit } = await octokit.rest.git.createCommit({
      ...api.name,
      message: title,
      tree: tree.sha,
      parents: [parent],
    });
    return commit.sha;
  }
}
