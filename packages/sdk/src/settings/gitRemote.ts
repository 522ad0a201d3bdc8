import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Milliseconds for git to answer. */
const LIMIT = 3_000;

/** `git@host:owner/repo.git`, which is no URL. */
const SCP_FORM = /^(?:[^@/\s]+@)?([^:/\s]+):(?!\/\/)\/?(.+)$/;

/**
 * The web page of the repository that a remote leads to, without credentials;
 * `undefined` where it can't be told.
 */
export function gitRemotePage(remote: string): string | undefined {
  const [, scpHost, scpPath] = SCP_FORM.exec(remote) ?? [];
  const address = scpHost ? `ssh://${scpHost}/${scpPath}` : remote;
  if (!URL.canParse(address)) {
    return undefined;
  }
  const { protocol, hostname, host, pathname } = new URL(address);
  const [owner, repo, ...more] = pathname
    .replace(/(\.git)?\/*$/, '')
    .split('/')
    .filter(Boolean);
  if (!hostname || !owner || !repo || more.length > 0) {
    return undefined;
  }
  // The port of SSH isn't that of the web page.
  const origin = /^https?:$/.test(protocol)
    ? `${protocol}//${host}`
    : `https://${hostname}`;
  return `${origin}/${owner}/${repo}`;
}

async function git(
  cwd: string,
  ...args: readonly string[]
): Promise<string | undefined> {
  try {
    const { stdout } = await run('git', args, { cwd, timeout: LIMIT });
    return stdout.trim() || undefined;
  } catch {
    // This is no checkout, or git isn't installed.
    return undefined;
  }
}

/** The checkout around a folder, as far as there is one. */
export async function findCheckout(cwd: string): Promise<{
  /** Its root. */
  readonly folder?: string;
  /** Web page of the remote `origin`. */
  readonly page?: string;
}> {
  const [folder, remote] = await Promise.all([
    git(cwd, 'rev-parse', '--show-toplevel'),
    git(cwd, 'remote', 'get-url', 'origin'),
  ]);
  return { folder, page: remote && gitRemotePage(remote) };
}
