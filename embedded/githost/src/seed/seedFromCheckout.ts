import { isError } from '@backstage/errors';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Logger } from '@ml-platform/kube';
import writeFileAtomic from 'write-file-atomic';
import { CheckoutFile, readCheckout } from './checkoutFiles';
import { GitRepository, TreeChange } from '../emulated/GitRepository';
import { DEFAULT_BRANCH } from '../names';

export interface SeedOptions {
  readonly repository: GitRepository;
  /** The checkout whose content the repository starts with. */
  readonly seedDir: string;
  readonly dataDir: string;
  readonly logger: Logger;
}

/** Content that was last taken from the checkout, by path: `<mode> <sha>`. */
const record = z.record(z.string());

async function readRecord(file: string): Promise<Record<string, string>> {
  try {
    return record.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (isError(error) && error.code === 'ENOENT') return {};
    throw error;
  }
}

const key = ({ mode, sha }: { mode: string; sha: string }) => `${mode} ${sha}`;

function isText(content: Buffer): boolean {
  return (
    !content.includes(0) &&
    Buffer.from(content.toString('utf8')).equals(content)
  );
}

/**
 * What has to change on the branch: only what changed in the checkout since it
 * was last taken, so that what pull requests brought to the branch stays.
 */
function changedPaths(
  checkout: ReadonlyMap<string, CheckoutFile>,
  taken: Readonly<Record<string, string>>,
): { changed: [string, CheckoutFile][]; gone: string[] } {
  return {
    changed: [...checkout].filter(([path, file]) => taken[path] !== key(file)),
    gone: Object.keys(taken).filter(path => !checkout.has(path)),
  };
}

/**
 * Brings main up to the checkout's content: all of it on the first start, what
 * changed since on a later one. Stopped halfway it starts over without harm.
 */
export async function seedFromCheckout(options: SeedOptions): Promise<void> {
  const { repository, seedDir, dataDir, logger } = options;
  await mkdir(dataDir, { recursive: true });
  const recordFile = join(dataDir, 'checkout.json');
  const taken = await readRecord(recordFile);
  const first = Object.keys(taken).length === 0;
  const checkout = await readCheckout(seedDir);
  const { changed, gone } = changedPaths(checkout, taken);
  if (changed.length === 0 && gone.length === 0) return;

  const head = await repository.head(DEFAULT_BRANCH);
  if (!head) throw new Error(`The repository has no branch ${DEFAULT_BRANCH}`);
  const existing = await repository.files(head);
  const changes = new Map<string, TreeChange>();
  for (const [path, file] of changed) {
    const current = existing.get(path);
    if (current && key(current) === key(file)) continue;
    changes.set(path, {
      mode: file.mode,
      ...(isText(file.content)
        ? { content: file.content.toString('utf8') }
        : { sha: await repository.createBlob(file.content) }),
    });
  }
  for (const path of gone) if (existing.has(path)) changes.set(path, null);

  if (changes.size > 0) {
    const base = await repository.commit(head);
    const tree = await repository.createTree(base.tree.sha, changes);
    const commit = await repository.createCommit({
      message: first ? 'Take over the checkout' : 'Update from the checkout',
      tree,
      parents: [head],
    });
    await repository.refs.move(`refs/heads/${DEFAULT_BRANCH}`, commit.sha);
    logger.info(
      `Took ${changes.size} changed files of the checkout to ${DEFAULT_BRANCH}`,
    );
  }
  const next = Object.fromEntries(
    [...checkout].map(([path, file]) => [path, key(file)]),
  );
  await writeFileAtomic(recordFile, JSON.stringify(next));
}
