import { ServiceUnavailableError } from '@backstage/errors';
import { LRUCache } from 'lru-cache';
import type { GitHubApi } from '../github/GitHubApi';

/** Entries of folders, in all, that are kept. */
const MOST_ENTRIES = 200_000;

/** A file or folder in a folder of the repository. */
export interface TreeEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  /** Names the content: the same sha is the same content. */
  readonly sha: string;
}

/**
 * Reads folders by the sha of their content, so that a folder that did not
 * change is never fetched again.
 */
export class TreeReader {
  readonly #api: GitHubApi;
  readonly #folders = new LRUCache<string, readonly TreeEntry[]>({
    maxSize: MOST_ENTRIES,
    sizeCalculation: entries => entries.length + 1,
  });

  constructor(options: { readonly api: GitHubApi }) {
    this.#api = options.api;
  }

  /**
   * What lies directly in a folder.
   * @param sha - of the folder, or of a commit for its root
   * @throws {ServiceUnavailableError} when GitHub doesn't list the whole folder
   */
  async entries(sha: string): Promise<readonly TreeEntry[]> {
    const known = this.#folders.get(sha);
    if (known) {
      return known;
    }
    const octokit = await this.#api.octokit();
    // Never recursive: a recursive listing is cut short in a large repository.
    const { data } = await octokit.rest.git.getTree({
      ...this.#api.name,
      tree_sha: sha,
    });
    if (data.truncated) {
      throw new ServiceUnavailableError(
        `GitHub lists only a part of a folder of ${this.#api.name.owner}/${this.#api.name.repo}, because it holds too many files; remove the manifests of jobs that ended`,
      );
    }
    const entries = data.tree.flatMap(({ path, type, sha: entrySha }) => {
      if (!path || !entrySha || (type !== 'blob' && type !== 'tree')) {
        return [];
      }
      const kind = type === 'tree' ? 'folder' : 'file';
      return [{ name: path, kind, sha: entrySha } as const];
    });
    this.#folders.set(sha, entries);
    return entries;
  }

  /** The folders directly in a folder. */
  async folders(sha: string): Promise<readonly TreeEntry[]> {
    return (await this.entries(sha)).filter(({ kind }) => kind === 'folder');
  }

  /** Sha of a folder at a path below another, if it is there. */
  async folderAt(
    sha: string,
    path: readonly string[],
  ): Promise<string | undefined> {
    let folder: string | undefined = sha;
    for (const name of path) {
      if (folder === undefined) {
        return undefined;
      }
      const folders: readonly TreeEntry[] = await this.folders(folder);
      folder = folders.find(entry => entry.name === name)?.sha;
    }
    return folder;
  }
}
