import { dirname } from 'node:path/posix';
import type { ApplicationSource } from './application';

/** The branch of a repository that jobs run from. */
export interface JobsBranch {
  /** Address of the repository, for a browser or for git. */
  readonly repoUrl: string;
  readonly branch: string;
}

/**
 * `host/owner/repo` in lowercase, in whichever way git is told to fetch it; without
 * the port for SSH.
 */
function placeOf(url: string): string {
  const [, sshHost, sshPath] =
    /^(?:ssh:\/\/)?(?:[^@/]+@)([^:/]+)(?::\d+(?=\/))?[:/]+(.+)$/.exec(url) ??
    [];
  const [, host, path] = sshHost
    ? [url, sshHost, sshPath]
    : (/^https?:\/\/(?:[^@/]+@)?([^/]+)\/+(.+)$/i.exec(url) ?? [url, '', url]);
  return `${host}/${path.replace(/\/+$/, '').replace(/\.git$/i, '')}`.toLowerCase();
}

function isBranch(targetRevision: string | undefined, branch: string): boolean {
  const revision = targetRevision?.replace(/^refs\/heads\//, '') ?? '';
  // Argo CD resolves these to the default branch.
  return revision === '' || revision === 'HEAD' || revision === branch;
}

/** Whether a source follows the repository and the branch of the jobs. */
export function followsBranch(
  { repoURL = '', targetRevision }: ApplicationSource,
  { repoUrl, branch }: JobsBranch,
): boolean {
  return (
    placeOf(repoURL) === placeOf(repoUrl) && isBranch(targetRevision, branch)
  );
}

/**
 * The length of the folder through which a source follows a file of its repository,
 * or `undefined` where it doesn't: of several Applications, the one with the longest
 * is the file's.
 */
export function followsFile(
  { path = '', directory }: ApplicationSource,
  file: string,
): number | undefined {
  const folder = path.replace(/^(?:\.?\/)+|^\.$|\/+$/g, '');
  const below = folder === '' || file.startsWith(`${folder}/`);
  const directly = dirname(file) === (folder || '.');
  return directly || (below && directory?.recurse) ? folder.length : undefined;
}
