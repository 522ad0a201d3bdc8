import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';

/** A file of a commit. */
export interface RepoFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly content: string;
}

interface Tree {
  readonly tree: readonly { path: string; type: string; sha: string }[];
}

interface Branch {
  readonly etag?: string;
  readonly sha: string;
}

const SHA = /^[0-9a-f]{40}$/;
/** Trees and files kept; older ones are read again when they are wanted. */
const TREES_KEPT = 8;
const FILES_KEPT = 5_000;

/**
 * Reads commits through GitHub's REST API: one conditional request for a branch,
 * one for a new commit's tree, and one for each file not seen before.
 */
export class RepoReader {
  readonly #branches = new Map<string, Branch>();
  readonly #trees = new Map<string, Promise<Tree>>();
  readonly #blobs = new Map<string, Promise<string>>();

  readonly #options: {
    /** As `http://localhost:7008/api/v3`. */
    readonly apiUrl: string;
    readonly token?: string;
    readonly signal?: AbortSignal;
  };

  constructor(options: {
    /** As `http://localhost:7008/api/v3`. */
    readonly apiUrl: string;
    readonly token?: string;
    readonly signal?: AbortSignal;
  }) {
    this.#options = options;
  }

  /**
   * The commit that a branch (or HEAD, or a full sha) stood for when it was last looked
   * at.
   *
   * @throws {NotFoundError} when there is no such branch
   * @throws {ServiceUnavailableError} when git didn't answer
   */
  async resolve(repository: string, revision: string): Promise<string> {
    if (SHA.test(revision)) return revision;
    const branch =
      revision === 'HEAD' ? await this.#defaultBranch(repository) : revision;
    const path = `/repos/${repository}/git/ref/heads/${encodeURI(branch)}`;
    const { sha } = this.#branches.get(path) ?? (await this.#lookAt(path));
    return sha;
  }

  /**
   * Looks again at every branch that was asked for, with one conditional request
   * each; tells whether one of them has moved. Errors as of {@link resolve}.
   */
  async look(): Promise<boolean> {
    const moved = await Promise.all(
      [...this.#branches].map(async ([path, before]) => {
        return (await this.#lookAt(path, before)).sha !== before.sha;
      }),
    );
    return moved.includes(true);
  }

  async #lookAt(path: string, before?: Branch): Promise<Branch> {
    const response = await this.#request(path, before?.etag);
    if (response.status === 304 && before) return before;
    const { object } = (await response.json()) as { object: { sha: string } };
    const etag = response.headers.get('etag') ?? undefined;
    const branch = { etag, sha: object.sha };
    this.#branches.set(path, branch);
    return branch;
  }

  /**
   * The files of a commit that pass the filter.
   * @throws {NotFoundError} when no file of the commit is below the folder
   */
  async files(
    repository: string,
    sha: string,
    folder: string,
    wanted: (pathInFolder: string) => boolean,
  ): Promise<RepoFile[]> {
    const { tree } = await this.#tree(repository, sha);
    const trimmed = folder.replace(/^\.?\/*|\/+$/g, '');
    const prefix = trimmed ? `${trimmed}/` : '';
    const below = tree.filter(
      ({ path, type }) => type === 'blob' && path.startsWith(prefix),
    );
    if (below.length === 0) {
      throw new NotFoundError(`${folder}: app path does not exist`);
    }
    return Promise.all(
      below
        .filter(({ path }) => wanted(path.slice(prefix.length)))
        .map(async entry => ({
          path: entry.path,
          content: await this.#blob(repository, entry.sha),
        })),
    );
  }

  /** The folders of a commit that hold a file at any depth. */
  async folders(repository: string, sha: string): Promise<string[]> {
    const { tree } = await this.#tree(repository, sha);
    const found = tree
      .filter(({ type }) => type === 'blob')
      .flatMap(({ path }) => {
        const parts = path.split('/').slice(0, -1);
        return parts.map((_part, end) => parts.slice(0, end + 1).join('/'));
      });
    return [...new Set(found)];
  }

  #tree(repository: string, sha: string): Promise<Tree> {
    return this.#remember(this.#trees, TREES_KEPT, sha, () =>
      this.#json<Tree>(`/repos/${repository}/git/trees/${sha}?recursive=1`),
    );
  }

  #blob(repository: string, sha: string): Promise<string> {
    return this.#remember(this.#blobs, FILES_KEPT, sha, async () => {
      const { content } = await this.#json<{ content: string }>(
        `/repos/${repository}/git/blobs/${sha}`,
      );
      return Buffer.from(content, 'base64').toString('utf8');
    });
  }

  async #defaultBranch(repository: string): Promise<string> {
    const { default_branch: branch } = await this.#json<{
      default_branch: string;
    }>(`/repos/${repository}`);
    return branch;
  }

  /** Git's objects never change, so an answer is kept; a failure is not. */
  #remember<T>(
    cache: Map<string, Promise<T>>,
    limit: number,
    key: string,
    read: () => Promise<T>,
  ): Promise<T> {
    const known = cache.get(key);
    if (known) return known;
    const answer = read();
    answer.catch(() => cache.delete(key));
    cache.set(key, answer);
    const [oldest] = cache.keys();
    if (cache.size > limit) cache.delete(oldest);
    return answer;
  }

  async #json<T>(path: string): Promise<T> {
    return (await this.#request(path)).json() as Promise<T>;
  }

  async #request(path: string, etag?: string): Promise<Response> {
    const { apiUrl, token, signal } = this.#options;
    const limit = AbortSignal.timeout(30_000);
    let response: Response;
    try {
      response = await fetch(`${apiUrl}${path}`, {
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        headers: {
          accept: 'application/vnd.github+json',
          ...(token ? { authorization: `token ${token}` } : {}),
          ...(etag ? { 'if-none-match': etag } : {}),
        },
      });
    } catch (error) {
      throw new ServiceUnavailableError(
        `The git host at ${apiUrl} does not answer`,
        error,
      );
    }
    if (response.ok || response.status === 304) return response;
    const problem = `${path} answered ${response.status}`;
    throw response.status === 404
      ? new NotFoundError(problem)
      : new ServiceUnavailableError(problem);
  }
}

/** `owner/name` of a repository's address, whichever host it names. */
export function repositoryName(repoUrl: string): string | undefined {
  const match = /[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/*$/.exec(repoUrl);
  return match?.[1];
}
