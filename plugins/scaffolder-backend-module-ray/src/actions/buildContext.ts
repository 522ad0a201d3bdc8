import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  resolveSafeChildPath,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import { packContext, type ImageSource } from '@ml-platform/images';

/** Where the files to build are: at a web address, or in the task's workspace. */
export interface ContextPlace {
  readonly sourceUrl?: string;
  readonly contextPath?: string;
  readonly dockerfile: string;
}

/** A build context that is packed. */
export interface PackedSource {
  readonly contextFile: string;
  /** The text of the Dockerfile. */
  readonly dockerfileText: string;
}

/** Where in git a context is, for GitHub's addresses of a folder at a commit. */
export function sourceOf(
  sourceUrl: string | undefined,
): ImageSource | undefined {
  const [, repository, commit, path = ''] =
    /^(https?:\/\/[^/]+\/[^/]+\/[^/]+)\/tree\/([0-9a-f]{40})(?:\/(.*?))?\/?$/.exec(
      sourceUrl ?? '',
    ) ?? [];
  return repository && commit
    ? { repository, commit, path: decodeURIComponent(path) }
    : undefined;
}

/** Packs a context for as long as the work with it takes. */
export async function withPackedContext<T>(
  ctx: Pick<
    ActionContext<Record<string, never>>,
    'createTemporaryDirectory' | 'logger' | 'signal' | 'workspacePath'
  >,
  place: ContextPlace,
  reader: UrlReaderService,
  work: (source: PackedSource) => Promise<T>,
): Promise<T> {
  const { sourceUrl, contextPath, dockerfile } = place;
  const { logger, signal } = ctx;
  const folder = await ctx.createTemporaryDirectory();
  try {
    let root = resolveSafeChildPath(ctx.workspacePath, contextPath ?? '.');
    if (sourceUrl !== undefined) {
      logger.info(`Reading ${sourceUrl}`);
      const tree = await reader.readTree(sourceUrl, { signal });
      root = await tree.dir({
        targetDir: await mkdtemp(join(folder, 'context-')),
      });
    }
    const contextFile = join(folder, 'context.tar');
    const { files, bytes } = await packContext({
      root,
      dockerfile,
      target: contextFile,
      signal,
    });
    logger.info(
      `Packed ${files} files of ${Math.ceil(bytes / 1024)} KiB in all`,
    );
    signal?.throwIfAborted();
    const dockerfileText = await readFile(join(root, dockerfile), 'utf8');
    return await work({ contextFile, dockerfileText });
  } finally {
    // A task that fails leaves its temporary directories behind.
    await rm(folder, { recursive: true, force: true });
  }
}
