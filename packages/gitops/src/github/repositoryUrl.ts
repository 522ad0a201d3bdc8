import { InputError } from '@backstage/errors';

/** A repository, branch or folder on a GitHub host, taken from its web address. */
export interface RepositoryUrl {
  /** Scheme and host, for example `https://github.com`. */
  readonly origin: string;
  readonly owner: string;
  readonly repo: string;
  /** Branch, tag or commit; absent for the default branch. */
  readonly ref?: string;
  /** Folder or file without slashes around it; empty for the root. */
  readonly path: string;
}

/**
 * Reads `<host>/<owner>/<repo>[/(tree|blob)/<ref>/<path>]`. As everywhere in
 * Backstage, a ref can't hold a slash.
 * @throws {InputError} when the address is another
 */
export function parseRepositoryUrl(url: string): RepositoryUrl {
  let parsed: URL;
  let parts: string[];
  try {
    parsed = new URL(url);
    parts = parsed.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    throw new InputError(
      `'${url}' isn't the web address of a repository; write it as https://github.com/owner/repo`,
    );
  }
  const [owner, repo, kind, ref, ...path] = parts;
  if (!owner || !repo || (kind && kind !== 'tree' && kind !== 'blob')) {
    throw new InputError(
      `'${url}' isn't the web address of a repository; write it as ${parsed.origin}/owner/repo/tree/branch/folder`,
    );
  }
  return {
    origin: parsed.origin,
    owner,
    repo: repo.replace(/\.git$/, ''),
    ref,
    path: path.join('/'),
  };
}

/** Web address of a folder at one commit, branch or tag. */
export function treeUrl(location: RepositoryUrl, ref: string): string {
  const { origin, owner, repo, path } = location;
  const segments = [owner, repo, 'tree', ref, ...path.split('/')];
  return [origin, ...segments.filter(Boolean).map(encodeURIComponent)].join(
    '/',
  );
}
