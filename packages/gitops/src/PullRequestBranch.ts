import { createHash } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Octokit } from 'octokit';
import { hasStatus } from './requestErrors';

/** A text file of a repository. */
export interface RepositoryFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly content: string;
}

interface PullRequestBranchOptions {
  readonly octokit: Octokit;
  readonly owner: string;
  readonly repo: string;
  readonly base: string;
  readonly branch: string;
  readonly files: readonly RepositoryFile[];
  readonly title: string;
  readonly logger: LoggerService;
}

/** Git's own name of a file's content. */
function blobSha(content: string): string {
  const bytes = Buffer.from(content, 'utf8');
  return createHash('sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

/** A branch that adds files to its base in one commit. */
export class PullRequestBranch {
  readonly #options: PullRequestBranchOptions;

  constructor(options: PullRequestBranchOptions) {
    this.#options = options;
  }

  /**
   * Makes the branch, or checks the one that is there.
   * @throws ConflictError when a file exists on the base already, or when the
   * branch holds something else
   */
  async ensure(): Promise<void> {
    const { branch, logger } = this.#options;
    if (await this.#head(branch)) {
      logger.info(`Found branch ${branch} of an earlier run`);
      await this.#check();
      return;
    }
    const sha = await this.#commit();
    try {
      const { octokit, owner, repo } = this.#options;
      await octokit.rest.git.createRef({
        owner,
        repo,
        ref: `refs/heads/${branch}`,
        sha,
      });
      logger.info(`Pushed branch ${branch}`);
    } catch (error) {
      // Made by another run since we looked, or by a call whose answer was lost.
      if (!hasStatus(error, 422) || !(await this.#head(branch))) {
        throw error;
      }
      await this.#check();
    }
  }

  /** Commit that a branch points at, or `undefined` where there is no such branch. */
  async #head(branch: string): Promise<string | undefined> {
    const { octokit, owner, repo } = this.#options;
    try {
      const { data } = await octokit.rest.git.getRef({
        owner,
        repo,
        ref: `heads/${branch}`,
      });
      return data.object.sha;
    } catch (error) {
      if (hasStatus(error, 404)) {
        return undefined;
      }
      throw error;
    }
  }

  async #fileSha(path: string, ref: string): Promise<string | undefined> {
    const { octokit, owner, repo } = this.#options;
    try {
      const { data } = await octokit.rest.repos.getContent({
        owner,
        repo,
        path,
        ref,
      });
      return Array.isArray(data) ? 'folder' : data.sha;
    } catch (error) {
      if (hasStatus(error, 404)) {
        return undefined;
      }
      throw error;
    }
  }

  async #check(): Promise<void> {
    const { branch, files } = this.#options;
    for (const { path, content } of files) {
      if ((await this.#fileSha(path, branch)) !== blobSha(content)) {
        throw new ConflictError(
          `Branch ${branch} exists with another ${path}; delete the branch, then run the task again`,
        );
      }
    }
  }

  /** Stores the files on top of the base; nothing points at the commit yet. */
  async #commit(): Promise<string> {
    const { octokit, owner, repo, base, files, title } = this.#options;
    const parent = await this.#head(base);
    if (!parent) {
      throw new NotFoundError(
        `Repository ${owner}/${repo} has no branch ${base}, or the portal may not see it`,
      );
    }
    for (const { path } of files) {
      if (await this.#fileSha(path, parent)) {
        throw new ConflictError(
          `${path} exists on ${base} already and is never overwritten; choose another name`,
        );
      }
    }
    const { data: parentCommit } = await octokit.rest.git.getCommit({
      owner,
      repo,
      commit_sha: parent,
    });
    const { data: tree } = await octokit.rest.git.createTree({
      owner,
      repo,
      base_tree: parentCommit.tree.sha,
      tree: files.map(({ path, content }) => ({
        path,
        mode: '100644' as const,
        type: 'blob' as const,
        content,
      })),
    });
    const { data: commit } = await octokit.rest.git.createCommit({
      owner,
      repo,
      message: title,
      tree: tree.sha,
      parents: [parent],
    });
    return commit.sha;
  }
}
