import { LRUCache } from 'lru-cache';
import type { Octokit } from 'octokit';
import type { GitHubApi } from '../github/GitHubApi';

const PAGE = 100;
/** Pages of pull requests, and of files of one pull request, that are read. */
const MOST_PAGES = 10;
/** Pull requests whose lists of files are kept. */
const MOST_CHANGES = 2_000;

/** A pull request from a branch of the repository itself. */
export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly state: 'open' | 'merged' | 'closed';
  readonly createdAt: string;
  /** Of one that is merged. */
  readonly mergedAt?: string;
  /** Name of the branch that it asks to merge. */
  readonly branch: string;
  /** Commit at the tip of that branch. */
  readonly headSha: string;
}

/** A file by its path, with git's name of its content. */
export interface RepositoryFile {
  readonly path: string;
  readonly sha: string;
}

/** Which files a pull request adds and removes. */
export interface PullRequestChanges {
  readonly added: readonly RepositoryFile[];
  readonly removed: readonly string[];
}

interface PullData {
  readonly number: number;
  readonly html_url: string;
  readonly created_at: string;
  readonly state: string;
  readonly merged_at: string | null;
  readonly head: {
    readonly sha: string;
    readonly ref: string;
    /** Absent when the fork that it came from is gone. */
    readonly repo: { readonly full_name: string } | null;
  };
}

/** Which pull requests are listed, and what their order follows. */
interface Which {
  readonly state: 'open' | 'closed';
  readonly sort: 'created' | 'updated';
}

/** What GitHub says of a pull request, as it is read here. */
export function toPullRequest(data: PullData): PullRequest {
  const ended = data.merged_at ? 'merged' : 'closed';
  return {
    number: data.number,
    url: data.html_url,
    state: data.state === 'open' ? 'open' : ended,
    createdAt: data.created_at,
    mergedAt: data.merged_at ?? undefined,
    branch: data.head.ref,
    headSha: data.head.sha,
  };
}

/**
 * Reads pull requests of a repository's own branches. Anybody can open one from
 * a fork, under any branch name, so those never count.
 */
export class PullRequestReader {
  readonly #api: GitHubApi;
  readonly #base: string;
  readonly #changes = new LRUCache<string, PullRequestChanges>({
    max: MOST_CHANGES,
  });

  constructor(options: { readonly api: GitHubApi; readonly base: string }) {
    this.#api = options.api;
    this.#base = options.base;
  }

  /** Open pull requests into the base branch, newest first; at most 1,000. */
  open(): Promise<readonly PullRequest[]> {
    return this.#list({ state: 'open', sort: 'created' });
  }

  /**
   * Closed and merged pull requests into the base branch, those that changed last
   * first; at most 1,000.
   */
  ended(): Promise<readonly PullRequest[]> {
    return this.#list({ state: 'closed', sort: 'updated' });
  }

  /** The pull request of a branch: the open one, or else the newest. */
  async of(branch: string): Promise<PullRequest | undefined> {
    const octokit = await this.#api.octokit();
    const { data } = await octokit.rest.pulls.list({
      ...this.#api.name,
      state: 'all',
      head: `${this.#api.name.owner}:${branch}`,
      per_page: PAGE,
    });
    const own = data
      .filter(pull => this.#isOwn(pull) && pull.head.ref === branch)
      .map(toPullRequest);
    return own.find(({ state }) => state === 'open') ?? own[0];
  }

  /** The files that a pull request adds and removes; a renamed file does both. */
  async changes(pull: PullRequest): Promise<PullRequestChanges> {
    const key = `${pull.number}@${pull.headSha}`;
    const known = this.#changes.get(key);
    if (known) {
      return known;
    }
    const added: RepositoryFile[] = [];
    const removed: string[] = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const octokit = await this.#api.octokit();
      const { data } = await octokit.rest.pulls.listFiles({
        ...this.#api.name,
        pull_number: pull.number,
        per_page: PAGE,
        page,
      });
      for (const { filename, previous_filename, sha, status } of data) {
        if (status === 'removed') {
          removed.push(filename);
        } else if (status === 'renamed' && previous_filename) {
          removed.push(previous_filename);
        }
        if (['added', 'copied', 'renamed'].includes(status)) {
          added.push({ path: filename, sha: sha ?? '' });
        }
      }
      if (data.length < PAGE) {
        break;
      }
    }
    const changes = { added, removed };
    this.#changes.set(key, changes);
    return changes;
  }

  async #list(which: Which): Promise<readonly PullRequest[]> {
    const found = new Map<number, PullRequest>();
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const { own, isFull } = await this.#api.unlessUnchanged(
        `pulls/${which.state}/${page}`,
        (octokit, headers) => this.#page(octokit, { ...which, page, headers }),
      );
      own.forEach(pull => found.set(pull.number, pull));
      if (!isFull) {
        break;
      }
    }
    return [...found.values()];
  }

  /** One page of pull requests; only what is used of them is kept. */
  async #page(
    octokit: Octokit,
    query: Which & {
      readonly page: number;
      readonly headers: Readonly<Record<string, string>>;
    },
  ) {
    const answer = await octokit.rest.pulls.list({
      ...this.#api.name,
      ...query,
      direction: 'desc',
      base: this.#base,
      per_page: PAGE,
    });
    const own = answer.data.filter(pull => this.#isOwn(pull));
    return {
      headers: { etag: answer.headers.etag },
      data: {
        own: own.map(toPullRequest),
        isFull: answer.data.length === PAGE,
      },
    };
  }

  #isOwn({ head }: PullData): boolean {
    const { owner, repo } = this.#api.name;
    return (
      head.repo?.full_name.toLowerCase() === `${owner}/${repo}`.toLowerCase()
    );
  }
}
