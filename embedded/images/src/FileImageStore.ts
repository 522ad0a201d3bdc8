import { createHash } from 'node:crypto';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { ConflictError, InputError } from '@backstage/errors';
import type { Logger } from '@ml-platform/kube';
import writeFileAtomic from 'write-file-atomic';
import type { Image, ImageStore } from './ImageStore';
import type { BaseImage } from './BaseImage';
import { baseImage } from './baseImages';
import type { EnvironmentEvent } from './environment';
import { imageNotFound } from './imageNotFound';
import {
  ImageReference,
  isEmbeddedRegistry,
  parseImageReference,
} from './imageReference';
import type { PythonEnvironments } from './PythonEnvironments';
import { SharedOperations } from './SharedOperations';
import { IMAGE_FILE, StoredImage, readStoredImage } from './storedImage';
import { sweepUnfinished, unfinishedName } from './sweepUnfinished';

/** An image to add, whose files the caller puts in place. */
export type NewImage = Omit<StoredImage, 'ref'>;

/**
 * Images below `<dataDir>/images`: `<name>/<version>/` for those of the
 * embedded registry, `@docker.io/<name>/<tag>/` for those of Docker Hub that
 * can be made here. A version never changes.
 */
export class FileImageStore implements ImageStore {
  readonly #dir: string;
  readonly #environments: PythonEnvironments;
  readonly #logger: Logger;
  readonly #pulls = new SharedOperations<Image, string>();
  #swept: Promise<void> | undefined;

  constructor(options: {
    /** Folder of all state, for example `.local`. */
    readonly dataDir: string;
    readonly environments: PythonEnvironments;
    readonly logger: Logger;
  }) {
    this.#dir = resolve(options.dataDir, 'images');
    this.#environments = options.environments;
    this.#logger = options.logger;
  }

  async get(ref: string): Promise<Image | undefined> {
    const dir = this.#dirOf(parseImageReference(ref));
    const stored = await readStoredImage(dir);
    if (!stored || !(await this.#environments.has(stored.environment))) {
      return undefined;
    }
    return this.#toImage(ref, dir, stored);
  }

  async pull(
    ref: string,
    options: {
      readonly onProgress?: (message: string) => void;
      readonly signal?: AbortSignal;
    } = {},
  ): Promise<Image> {
    const reference = parseImageReference(ref);
    const present = await this.get(ref);
    if (present) return present;
    return this.#pulls.run(
      reference.full,
      (emit, signal) => this.#pull(ref, reference, emit, signal),
      { onEvent: options.onProgress, signal: options.signal },
    );
  }

  /** Digest of the image with this reference, whether it can run now or not. */
  async digestOf(ref: string): Promise<string | undefined> {
    const dir = this.#dirOf(parseImageReference(ref));
    return (await readStoredImage(dir))?.digest;
  }

  /**
   * Adds an image, all at once, after `fill` has put its files into the folder that it
   * is given. The same content stays as it is.
   *
   * @throws {ConflictError} when the version exists with other content
   */
  async add(
    ref: string,
    image: NewImage,
    fill: (dir: string) => Promise<void> = async () => undefined,
  ): Promise<Image> {
    const dir = this.#dirOf(parseImageReference(ref));
    const unfinished = join(
      this.#dir,
      unfinishedName(createHash('sha256').update(ref).digest('hex')),
    );
    this.#swept ??= sweepUnfinished(this.#dir);
    await this.#swept;
    try {
      await rm(unfinished, { recursive: true, force: true });
      await mkdir(unfinished, { recursive: true });
      await fill(unfinished);
      const stored: StoredImage = { ref, ...image };
      await writeFile(
        join(unfinished, IMAGE_FILE),
        `${JSON.stringify(stored, null, 2)}\n`,
      );
      const existing = await readStoredImage(dir);
      if (existing && existing.digest !== image.digest) {
        throw new ConflictError(
          `${ref} exists with other content (${existing.digest}); a version never changes: raise the version`,
        );
      }
      if (!existing) {
        await mkdir(dirname(dir), { recursive: true });
        await this.#linkEnvironment(unfinished, dir, image.environment);
        await rename(unfinished, dir);
      }
      return this.#toImage(ref, dir, existing ?? stored);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  }

  async #pull(
    ref: string,
    reference: ImageReference,
    emit: (message: string) => void,
    signal: AbortSignal,
  ): Promise<Image> {
    const dir = this.#dirOf(reference);
    const stored = await readStoredImage(dir);
    const events = (event: EnvironmentEvent) => {
      if (event.type === 'message') emit(event.message);
      if (event.type === 'install-output') emit(event.line.trim());
    };
    if (stored) {
      emit('Making the environment of the image again, because it is gone');
      return this.#restore(ref, dir, stored, events, signal);
    }
    const base = baseImage(reference);
    if (!base) throw imageNotFound(reference);
    emit(`Making ${reference.full}: ${base.note}`);
    try {
      return await this.#makeBase(ref, base, events, signal);
    } catch (error) {
      if (error instanceof InputError) {
        throw imageNotFound(reference, error.message);
      }
      throw error;
    }
  }

  async #makeBase(
    ref: string,
    base: BaseImage,
    onEvent: (event: EnvironmentEvent) => void,
    signal: AbortSignal,
  ): Promise<Image> {
    const { key, reused } = await this.#environments.ensure(base.recipe, {
      onEvent,
      signal,
    });
    this.#logger.info('Made an image', { ref, environment: key, reused });
    return this.add(ref, {
      digest: `sha256:${createHash('sha256').update(key).digest('hex')}`,
      environment: key,
      recipe: {
        ...base.recipe,
        installs: base.recipe.installs.map(i => [...i]),
      },
      env: {},
      entrypoint: base.entrypoint && [...base.entrypoint],
      command: [...base.command],
      programs: base.programs && { ...base.programs },
    });
  }

  async #restore(
    ref: string,
    dir: string,
    stored: StoredImage,
    onEvent: (event: EnvironmentEvent) => void,
    signal: AbortSignal,
  ): Promise<Image> {
    const { recipe } = stored;
    const { key } = await this.#environments.ensure(
      { ...recipe, cwd: recipe.cwd && join(dir, recipe.cwd) },
      { onEvent, signal },
    );
    const restored: StoredImage = { ...stored, environment: key };
    await this.#linkEnvironment(dir, dir, key);
    await writeFileAtomic(
      join(dir, IMAGE_FILE),
      `${JSON.stringify(restored, null, 2)}\n`,
    );
    return this.#toImage(ref, dir, restored);
  }

  /** For people who look: the way from the image to its environment. */
  async #linkEnvironment(folder: string, finalFolder: string, key: string) {
    const link = join(folder, 'env');
    await rm(link, { force: true });
    await symlink(relative(finalFolder, this.#environments.envDir(key)), link);
  }

  #toImage(ref: string, dir: string, stored: StoredImage): Image {
    const { digest, env, entrypoint, command, programs } = stored;
    return {
      ref,
      digest,
      env,
      entrypoint,
      command,
      programs,
      envDir: this.#environments.envDir(stored.environment),
      workingDir: stored.workingDir && join(dir, stored.workingDir),
      workingDirInImage: stored.workingDirInImage,
    };
  }

  #dirOf({ registry, repository, tag }: ImageReference): string {
    return isEmbeddedRegistry(registry)
      ? join(this.#dir, repository, tag)
      : join(this.#dir, `@${registry.replace(':', '_')}`, repository, tag);
  }
}
