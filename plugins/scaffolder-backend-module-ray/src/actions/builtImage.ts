import { setTimeout } from 'node:timers/promises';
import {
  ForwardedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { RayImageBuildersService } from '@ml-platform/backstage-plugin-ray-node';
import type { ImageBuild, RegistryImage } from '@ml-platform/images';

/** Times that the registry is asked for what only it knows. */
const TRIES = 5;
/** Milliseconds until the second try; each pause is twice as long as the one before. */
const PAUSE = 1_000;

/**
 * The image of a build that succeeded, as its registry has it. Where the builder has told
 * its digest, a registry that doesn't answer hides only the labels.
 *
 * @throws {NotFoundError} when the registry has no such image
 * @throws {NotAllowedError} when the registry refuses
 * @throws {ServiceUnavailableError} when the registry doesn't answer
 */
export async function builtImage(options: {
  readonly images: RayImageBuildersService['images'];
  readonly build: ImageBuild;
  readonly signal?: AbortSignal;
  readonly pauseMs?: number;
}): Promise<Pick<RegistryImage, 'digest' | 'labels'>> {
  const { images, build, signal, pauseMs = PAUSE } = options;
  const { image, digest } = build;
  async function look() {
    const found = await images.image(digest ? `${image}@${digest}` : image, {
      signal,
    });
    if (!found) {
      throw new NotFoundError(`The registry has no ${image}`);
    }
    return found;
  }

  for (let tries = 1; ; tries += 1) {
    try {
      return await look();
    } catch (error) {
      signal?.throwIfAborted();
      if (digest) {
        return { digest, labels: {} };
      }
      if (tries === TRIES || !maySucceedLater(error)) {
        throw new ForwardedError(
          `${image} was built, but its digest, which a job needs, couldn't be read. Start the task again: it takes the image that was built`,
          error,
        );
      }
    }
    await setTimeout(pauseMs * 2 ** (tries - 1), undefined, { signal });
  }
}

function maySucceedLater(error: unknown): boolean {
  return (
    error instanceof ServiceUnavailableError || error instanceof NotFoundError
  );
}
