import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { safePath } from './safePath';
import { unpackContext, type UnpackedContext } from './unpackContext';

/** An unpacked context, for as long as somebody needs its folder. */
export interface HeldContext extends UnpackedContext {
  readonly folder: string;
}

/**
 * Unpacks a context into a folder of its own, which goes once the work with it is done.
 * @throws {InputError} when it isn't a tar, or an entry leads outside of the folder
 */
export async function withContext<T>(
  contextFile: string,
  work: (context: HeldContext) => Promise<T>,
): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'ml-platform-build-'));
  try {
    const folder = join(root, 'context');
    const unpacked = await unpackContext(createReadStream(contextFile), folder);
    return await work({ ...unpacked, folder });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** @throws {InputError} when an unpacked context has no such Dockerfile */
export async function checkDockerfile(
  folder: string,
  dockerfile: string,
): Promise<void> {
  const found = await stat(join(folder, safePath(dockerfile))).catch(
    () => undefined,
  );
  if (!found?.isFile()) {
    throw new InputError(
      `The build context has no ${dockerfile}; add one that installs Ray and the training code`,
    );
  }
}
