import { isError } from '@backstage/errors';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstat, readFile, readdir, readlink } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';

/** A file of the checkout as git would keep it. */
export interface CheckoutFile {
  readonly mode: '100644' | '100755' | '120000';
  readonly content: Buffer;
  /** Git's name of the content. */
  readonly sha: string;
}

/** Larger files are left out: no part of the journey reads one. */
const MAX_BYTES = 1024 * 1024;

/** What .gitignore leaves out, for a checkout that is not a git repository. */
const IGNORED = new Set([
  '.git',
  'node_modules',
  '.yarn',
  '.toolchain',
  '.local',
  '.cache',
  'dist',
  'dist-types',
  'coverage',
  'site',
  '.results',
  '__pycache__',
  '.venv',
  '.idea',
  '.vscode',
]);

/** Git's object name of a file's content. */
export function blobSha(content: Buffer): string {
  return createHash('sha1')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex');
}

async function trackedPaths(dir: string): Promise<string[] | undefined> {
  try {
    const { stdout } = await promisify(execFile)(
      'git',
      ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
      { cwd: dir, maxBuffer: 64 * 1024 * 1024 },
    );
    const paths = [...new Set(stdout.split('\0').filter(Boolean))];
    return paths.length > 0 ? paths : undefined;
  } catch {
    // No git on this machine, or no repository here.
    return undefined;
  }
}

async function walk(dir: string, root = dir): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter(({ name }) => !IGNORED.has(name))
      .map(async entry => {
        const path = join(dir, entry.name);
        if (entry.isDirectory()) return walk(path, root);
        return entry.name.endsWith('.log')
          ? []
          : [relative(root, path).split(sep).join('/')];
      }),
  );
  return found.flat();
}

async function readEntry(path: string): Promise<CheckoutFile | undefined> {
  try {
    const stat = await lstat(path);
    if (stat.size > MAX_BYTES || !(stat.isFile() || stat.isSymbolicLink())) {
      return undefined;
    }
    const content = stat.isSymbolicLink()
      ? Buffer.from(await readlink(path))
      : await readFile(path);
    const fileMode = stat.mode & 0o100 ? '100755' : '100644';
    return {
      mode: stat.isSymbolicLink() ? '120000' : fileMode,
      content,
      sha: blobSha(content),
    };
  } catch (error) {
    // Tracked but deleted, or gone since the listing.
    if (isError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The checkout's own files by path: what git tracks or would take, without
 * files over 1 MiB.
 */
export async function readCheckout(
  dir: string,
): Promise<Map<string, CheckoutFile>> {
  const paths = (await trackedPaths(dir)) ?? (await walk(dir));
  const files = new Map<string, CheckoutFile>();
  for (const path of paths.sort()) {
    const file = await readEntry(join(dir, path));
    if (file) files.set(path, file);
  }
  return files;
}
