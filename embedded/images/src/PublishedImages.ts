import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isError } from '@backstage/errors';
import { isImageName, isImageTag } from '@ml-platform/images';
import { IMAGE_FILE, readStoredImage } from './storedImage';

/** A version that was built here. */
export interface PublishedImage {
  /** `sha256:…` over the content that it was built from. */
  readonly digest: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Bytes of its files, without the Python environment, which images share. */
  readonly size: number;
  readonly env: Readonly<Record<string, string>>;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly workingDir?: string;
}

async function foldersOf(dir: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    return entries
      .filter(entry => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(String(isError(error) && error.code))) {
      return [];
    }
    throw error;
  }
}

async function sizeOf(dir: string): Promise<number> {
  const files = await readdir(dir, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    files
      .filter(file => file.isFile())
      .map(file => stat(join(file.parentPath, file.name))),
  );
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

/** The images of the embedded registry, for those who look for a version. */
export class PublishedImages {
  readonly #dir: string;

  constructor(options: {
    /** Folder of all state, for example `.local`. */
    readonly dataDir: string;
  }) {
    this.#dir = resolve(options.dataDir, 'images');
  }

  async names(): Promise<readonly string[]> {
    return (await foldersOf(this.#dir)).filter(isImageName);
  }

  async versions(name: string): Promise<readonly string[]> {
    return isImageName(name)
      ? (await foldersOf(join(this.#dir, name))).filter(isImageTag)
      : [];
  }

  /** The image, or undefined where there is no such version. */
  async find(
    name: string,
    version: string,
  ): Promise<PublishedImage | undefined> {
    if (!isImageName(name) || !isImageTag(version)) {
      return undefined;
    }
    const dir = join(this.#dir, name, version);
    const stored = await readStoredImage(dir);
    if (!stored) {
      return undefined;
    }
    const { digest, env, entrypoint, command, recipe } = stored;
    const { mtime } = await stat(join(dir, IMAGE_FILE));
    return {
      digest,
      createdAt: mtime.toISOString(),
      size: recipe.cwd ? await sizeOf(join(dir, recipe.cwd)) : 0,
      env,
      entrypoint,
      command,
      workingDir: stored.workingDirInImage,
    };
  }
}
