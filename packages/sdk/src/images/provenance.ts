import {
  REVISION_LABEL,
  runProcess,
  SOURCE_LABEL,
  TITLE_LABEL,
  VERSION_LABEL,
} from '@ml-platform/images';
import { gitRemotePage } from '../settings/gitRemote';

interface Search {
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** What git says in a folder; nothing where there is no git, or no checkout. */
async function git(
  folder: string,
  args: readonly string[],
  { env, signal }: Search,
): Promise<string> {
  try {
    const { code, output } = await runProcess('git', ['-C', folder, ...args], {
      env,
      signal,
    });
    return code === 0 ? output.trim() : '';
  } catch {
    signal?.throwIfAborted();
    return '';
  }
}

/** Labels that say where an image comes from. A commit with changes ends in `-dirty`. */
export async function provenance(
  image: { readonly name: string; readonly version: string },
  folder: string,
  search: Search,
): Promise<Readonly<Record<string, string>>> {
  const [commit, changes, remote] = await Promise.all([
    git(folder, ['rev-parse', 'HEAD'], search),
    git(folder, ['status', '--porcelain', '--', '.'], search),
    git(folder, ['remote', 'get-url', 'origin'], search),
  ]);
  const page = gitRemotePage(remote);
  return {
    [TITLE_LABEL]: image.name,
    [VERSION_LABEL]: image.version,
    ...(commit
      ? { [REVISION_LABEL]: changes ? `${commit}-dirty` : commit }
      : {}),
    ...(page ? { [SOURCE_LABEL]: page } : {}),
  };
}
