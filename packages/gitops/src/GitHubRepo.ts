import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { Octokit } from 'octokit';
import type { GitOpsConfig } from './readGitOps';
import { GitHubApi, statusOf } from './GitHubApi';

export interface OpenPullRequest {
  readonly number: number;
  readonly url: string;
  readonly createdAt: string;
  readonly headSha: string;
  readonly headRef: string;
}

export interface RepoFile {
  readonly path: string;
  /** Names the content: the same sha is the same content. */
  readonly sha: string;
}

/**
 * The GitOps repository through GitHub's REST API, with the credentials of
 * Backstage's own integration. Lists are asked for by ETag, which GitHub does
 * not count against the rate limit while nothing changed.
 */
export class GitHubRepo {
  private readonly api: GitHubApi;

  constructor(
    private readonly options: {
      readonly config: GitOpsConfig;
      readonly integrations: ScmIntegrationRegistry;
      readonly logger: LoggerService;
    },
  ) {
    const { config, integrations } = options;
    this.api = new GitHubApi({ repoUrl: config.repoUrl, integrations });
  }

  /** Web page of a file on the main branch. */
  fileUrl(path: string, ref: string = this.options.config.branch): string {
    return `${this.options.config.repoUrl}/blob/${ref}/${path}`;
  }

  /** Open pull requests into the main branch, newest first. */
  async openPullRequests(): Promise<readonly OpenPullRequest[]> {
    const { branch } = this.options.config;
    return this.api.cached('pulls', async (octokit, headers) => {
      const { data, headers: answer } = await octokit.rest.pulls.list({
        ...this.repo,
        state: 'open',
        base: branch,
        per_page: 100,
        headers,
      });
      return { etag: answer.etag, value: data.map(toPullRequest) };
    });
  }

  /** The newest pull request from a branch, open or not. */
  async pullRequestFrom(head: string): Promise<OpenPullRequest | undefined> {
    const octokit = await this.api.octokit();
    const { data } = await octokit.rest.pulls.list({
      ...this.repo,
      state: 'all',
      head: `${this.options.config.owner}:${head}`,
      per_page: 1,
    });
    return data.map(toPullRequest)[0];
  }

  /** Files that a pull request adds. */
  async addedFiles(number: number): Promise<readonly RepoFile[]> {
    const octokit = await this.api.octokit();
    const { data } = await octokit.rest.pulls.listFiles({
      ...this.repo,
      pull_number: number,
      per_page: 100,
    });
    return data
      .filter(file => file.status === 'added')
      .map(file => ({ path: file.filename, sha: file.sha ?? '' }));
  }

  /** Commit at the tip of a branch. */
  async headOf(branch = this.options.config.branch): Promise<string> {
    return this.api.cached(`head:${branch}`, async (octokit, headers) => {
      const { data, headers: answer } = await octokit.rest.git.getRef({
        ...this.repo,
        ref: `heads/${branch}`,
        headers,
      });
      return { etag: answer.etag, value: data.object.sha };
    });
  }

  /** All files of a commit. */
  async files(commit: string): Promise<readonly RepoFile[]> {
    const octokit = await this.api.octokit();
    const { data } = await octokit.rest.git.getTree({
      ...this.repo,
      tree_sha: commit,
      recursive: '1',
    });
    if (data.truncated) {
      this.options.logger.warn(
        'GitHub cut the list of files short; jobs that wait for the sync may be missing from the list',
      );
    }
    return data.tree.flatMap(({ type, path, sha }) =>
      (type === undefined || type === 'blob') && path && sha
        ? [{ path, sha }]
        : [],
    );
  }

  /**
   * Text of a file at a commit or branch.
   * @throws NotFoundError
   */
  async read(path: string, ref: string): Promise<RepoFile & { text: string }> {
    const octokit = await this.api.octokit();
    try {
      const { data } = await octokit.rest.repos.getContent({
        ...this.repo,
        path,
        ref,
      });
      if (Array.isArray(data) || data.type !== 'file') {
        throw new NotFoundError(`${path} is no file`);
      }
      const text = Buffer.from(data.content, 'base64').toString('utf8');
      return { path, sha: data.sha, text };
    } catch (error) {
      if (statusOf(error) === 404) {
        throw new NotFoundError(`There is no ${path} at ${ref}`);
      }
      throw error;
    }
  }

  /**
   * Opens a pull request that adds or removes one file, once: a second call with
   * the same branch answers with the first one's.
   */
  async proposeChange(change: {
    readonly head: string;
    readonly path: string;
    /** New content; `undefined` removes the file. */
    readonly content: string | undefined;
    readonly title: string;
    readonly body: string;
  }): Promise<OpenPullRequest> {
    const { branch } = this.options.config;
    const open = (await this.openPullRequests()).find(
      pull => pull.headRef === change.head,
    );
    if (open) {
      return open;
    }
    const octokit = await this.api.octokit();
    await this.startBranch(octokit, change.head);
    const file = { ...this.repo, path: change.path, branch: change.head };
    if (change.content === undefined) {
      const { sha } = await this.read(change.path, branch);
      await octokit.rest.repos.deleteFile({
        ...file,
        message: change.title,
        sha,
      });
    } else {
      await octokit.rest.repos.createOrUpdateFileContents({
        ...file,
        message: change.title,
        content: Buffer.from(change.content).toString('base64'),
      });
    }
    const { data } = await octokit.rest.pulls.create({
      ...this.repo,
      base: branch,
      head: change.head,
      title: change.title,
      body: change.body,
    });
    return toPullRequest(data);
  }

  /** The branch at the tip of main, whatever an earlier try left there. */
  private async startBranch(octokit: Octokit, head: string): Promise<void> {
    const sha = await this.headOf();
    try {
      await octokit.rest.git.createRef({
        ...this.repo,
        ref: `refs/heads/${head}`,
        sha,
      });
    } catch (error) {
      if (statusOf(error) !== 422) {
        throw new ConflictError(`Can't make the branch ${head}`, error);
      }
      await octokit.rest.git.updateRef({
        ...this.repo,
        ref: `heads/${head}`,
        sha,
        force: true,
      });
    }
  }

  private get repo() {
    const { owner, repo } = this.options.config;
    return { owner, repo };
  }
}

function toPullRequest(data: {
  readonly number: number;
  readonly html_url: string;
  readonly created_at: string;
  readonly head: { readonly sha: string; readonly ref: string };
}): OpenPullRequest {
  return {
    number: data.number,
    url: data.html_url,
    createdAt: data.created_at,
    headSha: data.head.sha,
    headRef: data.head.ref,
  };
}
