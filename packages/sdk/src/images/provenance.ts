import {
  REVISION_LABEL,
  runProcess,
  SOURCE_LABEL,
  TITLE_LABEL,
  VERSION_LABEL,
} from '@ml-platform/images';

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

/** The web address of a remote, without what signs in to it. */
export function remotePage(remote: string): string | undefined {
  const ssh = /^(?:ssh:\/\/)?[\w.-]+@([\w.-]+)(?::\d+\/|[:/])(.+)$/.exec(
    remote,
  );
  const address = ssh ? `https://${ssh[1]}/${ssh[2]}` : remote;
  if (!URL.canParse(address)) {
    return undefined;
  }
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) {
    return undefined;
  }
  return `${url.origin}${url.pathname.replace(/\.git\/?$/, '')}`;
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
  const page = remotePage(remote);
  return {
    [TITLE_LABEL]: image.name,
    [VERSION_LABEL]: image.version,
    ...(commit
      ? { [REVISION_LABEL]: changes ? `${commit}-dirty` : commit }
      : {}),
    ...(page ? { [SOURCE_LABEL]: page } : {}),
  };
}
