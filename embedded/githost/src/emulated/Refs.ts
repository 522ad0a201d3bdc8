import { Actor, Upstream } from './Upstream';
import { orUndefined } from './UpstreamError';

/** A path with each of its segments escaped for a URL. */
export const encodePath = (path: string) =>
  path.split('/').map(encodeURIComponent).join('/');

/** The branches and tags of one repository, by their full names (`refs/heads/main`). */
export class Refs {
  readonly #upstream: Upstream;
  readonly #git: string;

  constructor(options: {
    readonly upstream: Upstream;
    /** `owner/name` */
    readonly fullName: string;
  }) {
    this.#upstream = options.upstream;
    this.#git = `/repos/${options.fullName}/git`;
  }

  /** What a ref points at, or undefined where there is none. */
  async target(ref: string): Promise<string | undefined> {
    const found = await orUndefined(
      this.#upstream.json<{ object: { sha: string } }>(this.#path('ref', ref)),
    );
    return found?.object.sha;
  }

  async create(ref: string, sha: string): Promise<void> {
    await this.#upstream.send(`${this.#git}/refs`, {
      method: 'POST',
      body: { ref, sha },
    });
  }

  /** @throws {UpstreamError} 422 when that loses commits, unless it is forced */
  async move(
    ref: string,
    sha: string,
    options: { readonly actor?: Actor; readonly force?: boolean } = {},
  ): Promise<void> {
    const { actor, force = false } = options;
    await this.#upstream.send(this.#path('refs', ref), {
      method: 'PATCH',
      body: { sha, force },
      actor,
    });
  }

  async delete(ref: string): Promise<void> {
    await this.#upstream.send(this.#path('refs', ref), { method: 'DELETE' });
  }

  #path(kind: 'ref' | 'refs', ref: string): string {
    return `${this.#git}/${kind}/${encodePath(ref.replace(/^refs\//, ''))}`;
  }
}
