import { encodePath, Refs } from './Refs';
import { Actor, Upstream } from './Upstream';
import { orUndefined } from './UpstreamError';

/** A file (or link) of a tree. */
export interface TreeFile {
  /** As git writes it: 100644, 100755 or 120000. */
  readonly mode: string;
  readonly sha: string;
}

/** A file to put at a path; null takes the file away. */
export type TreeChange =
  | { readonly mode: string; readonly sha: string }
  | { readonly mode: string; readonly content: string }
  | null;

export interface Commit {
  readonly sha: string;
  readonly message: string;
  readonly tree: { readonly sha: string };
  readonly parents: readonly { readonly sha: string }[];
  readonly author: { readonly name: string; readonly date: string };
}

/** A changed file, as GitHub's compare API tells it. */
export interface FileDiff {
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  readonly additions: number;
  readonly deletions: number;
  /** Unified diff without file headers; absent for binary and very long files. */
  readonly patch?: string;
}

export interface Comparison {
  readonly ahead_by: number;
  readonly behind_by: number;
  readonly total_commits: number;
  readonly merge_base_commit: { readonly sha: string };
  readonly files: readonly FileDiff[];
}

/** GitHub's word for what a tree's entry with this mode is. */
export function objectType(mode: string | undefined): string {
  if (mode === '040000') return 'tree';
  return mode === '160000' ? 'commit' : 'blob';
}

interface Identity {
  readonly name: string;
  readonly email: string;
  /** ISO 8601, with the zone that the commit was made in. */
  readonly date: string;
}

/** A commit as git writes it. */
interface StoredCommit {
  readonly message: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Identity;
  readonly committer: Identity;
}

/** A line of a branch's history. */
export interface LogEntry {
  readonly sha: string;
  readonly commit: {
    readonly message: string;
    readonly author: { readonly name: string; readonly date: string };
  };
}

/** What we ask of one repository of the emulated GitHub. */
export class GitRepository {
  /** `owner/name` */
  readonly fullName: string;
  readonly refs: Refs;
  readonly #upstream: Upstream;

  constructor(options: {
    readonly upstream: Upstream;
    readonly fullName: string;
  }) {
    this.fullName = options.fullName;
    this.#upstream = options.upstream;
    this.refs = new Refs(options);
  }

  /** Head commit of a branch, or undefined where there is none. */
  head(branch: string): Promise<string | undefined> {
    return this.refs.target(`refs/heads/${branch}`);
  }

  /** Commit that a branch, tag or (short) sha stands for. */
  async resolve(ref: string): Promise<string | undefined> {
    const head = await this.head(ref);
    if (head) return head;
    const found = await orUndefined(
      this.get<{ sha: string }>(`/commits/${encodePath(ref)}?per_page=1`),
    );
    return found?.sha;
  }

  commit(sha: string): Promise<Commit> {
    return this.get(`/git/commits/${sha}`);
  }

  /** Every file of a tree or commit, by path. */
  async files(sha: string): Promise<Map<string, TreeFile>> {
    const { tree } = await this.get<{
      tree: (TreeFile & { path: string; type: string })[];
    }>(`/git/trees/${sha}?recursive=1`);
    return new Map(
      tree
        .filter(({ type }) => type === 'blob')
        .map(({ path, mode, sha: file }) => [path, { mode, sha: file }]),
    );
  }

  async blob(sha: string): Promise<Buffer> {
    const { content } = await this.get<{ content: string }>(
      `/git/blobs/${sha}`,
    );
    return Buffer.from(content, 'base64');
  }

  /** Changes of `head` since it left `base`. */
  compare(base: string, head: string): Promise<Comparison> {
    return this.get(`/compare/${encodePath(base)}...${encodePath(head)}`);
  }

  /** The newest hundred commits that lead to a ref. */
  log(ref: string): Promise<LogEntry[]> {
    return this.get(`/commits?sha=${encodeURIComponent(ref)}&per_page=100`);
  }

  /** Stores bytes; returns git's name of them. */
  async createBlob(content: Buffer): Promise<string> {
    const { sha } = await this.#post<{ sha: string }>('/git/blobs', {
      content: content.toString('base64'),
      encoding: 'base64',
    });
    return sha;
  }

  /** A tree like `baseTree` but for the changes; returns its sha. */
  async createTree(
    baseTree: string | undefined,
    changes: ReadonlyMap<string, TreeChange>,
  ): Promise<string> {
    const { sha } = await this.#post<{ sha: string }>('/git/trees', {
      base_tree: baseTree,
      tree: [...changes].map(([path, change]) => ({
        path,
        type: 'blob',
        ...(change ?? { mode: '100644', sha: null }),
      })),
    });
    return sha;
  }

  createCommit(
    commit: { message: string; tree: string; parents: readonly string[] },
    actor: Actor = 'bot',
  ): Promise<Commit> {
    return this.#post('/git/commits', commit, actor);
  }

  /** Makes a commit with exactly these fields; returns its sha. */
  async storeCommit(commit: StoredCommit): Promise<string> {
    const { sha } = await this.#post<{ sha: string }>('/git/commits', commit);
    return sha;
  }

  /** Makes a folder's tree with exactly these entries. */
  async storeTree(
    entries: readonly (TreeFile & { path: string })[],
  ): Promise<void> {
    await this.#post('/git/trees', {
      tree: entries.map(entry => ({ ...entry, type: objectType(entry.mode) })),
    });
  }

  /** GET of a path below the repository. */
  get<T>(path: string): Promise<T> {
    return this.#upstream.json<T>(this.#path(path));
  }

  #post<T>(path: string, body: unknown, actor?: Actor): Promise<T> {
    return this.#upstream.json<T>(this.#path(path), {
      method: 'POST',
      body,
      actor,
    });
  }

  #path(path: string): string {
    return `/repos/${this.fullName}${path}`;
  }
}
