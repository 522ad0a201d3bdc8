import { LRUCache } from 'lru-cache';
import type { GitHubApi } from '../github/GitHubApi';
import { unlessMissing } from '../github/requestErrors';
import type { RepositoryFile } from './PullRequestReader';

/** Texts of files that are kept, in characters. */
const MOST_TEXT = 16 * 1024 * 1024;

/** Reads files: by the sha of their content, each once. */
export class FileReader {
  readonly #api: GitHubApi;
  readonly #texts = new LRUCache<string, string>({
    maxSize: MOST_TEXT,
    sizeCalculation: text => text.length + 1,
  });

  constructor(options: { readonly api: GitHubApi }) {
    this.#api = options.api;
  }

  /** Text of a file's content by its sha. */
  async text(sha: string): Promise<string> {
    const known = this.#texts.get(sha);
    if (known !== undefined) {
      return known;
    }
    const octokit = await this.#api.octokit();
    const { data } = await octokit.rest.git.getBlob({
      ...this.#api.name,
      file_sha: sha,
    });
    const text = Buffer.from(data.content, 'base64').toString('utf8');
    this.#texts.set(sha, text);
    return text;
  }

  /** The file at a path of a commit or branch, if it is there. */
  async at(
    path: string,
    ref: string,
  ): Promise<(RepositoryFile & { readonly text: string }) | undefined> {
    const octokit = await this.#api.octokit();
    const answer = await unlessMissing(
      octokit.rest.repos.getContent({ ...this.#api.name, path, ref }),
    );
    const data = answer?.data;
    return data && !Array.isArray(data)
      ? { path, sha: data.sha, text: await this.text(data.sha) }
      : undefined;
  }
}
